namespace SignalExchange.Silo.Operations;

/// <summary>What a call is, for counting.</summary>
internal enum CallKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Tokens are checked or read.</summary>
    Check,

    /// <summary>Signals are submitted.</summary>
    Submission,

    /// <summary>Signals are withdrawn.</summary>
    Withdrawal,

    /// <summary>Blinded elements are evaluated.</summary>
    Evaluation,

    /// <summary>Ads are held against templates.</summary>
    AdCheck,

    /// <summary>Ads are registered, as templates or under one.</summary>
    AdRegistration,
}
