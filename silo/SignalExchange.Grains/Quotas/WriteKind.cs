namespace SignalExchange.Grains.Quotas;

/// <summary>What a member writes: each kind has a day's limit of its own. The numbers are stored.</summary>
public enum WriteKind
{
    /// <summary>None: refused.</summary>
    Unspecified = 0,

    /// <summary>Signals, new and revised.</summary>
    Submissions = 1,

    /// <summary>Withdrawals, whatever they find.</summary>
    Withdrawals = 2,

    /// <summary>Ads registered as templates, or under one.</summary>
    Registrations = 3,
}
