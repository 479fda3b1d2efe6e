namespace SignalExchange.Faults.Tests.Histories;

/// <summary>What the caller knows of a write.</summary>
internal enum Fate
{
    /// <summary>It was acknowledged: it is durable.</summary>
    Accepted,

    /// <summary>It was refused for a reason that does not pass: it never takes effect.</summary>
    Refused,

    /// <summary>No answer came, or one that does not say: it may take effect, even later.</summary>
    Unknown,
}
