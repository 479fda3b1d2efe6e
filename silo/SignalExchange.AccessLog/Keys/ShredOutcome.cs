namespace SignalExchange.AccessLog.Keys;

/// <summary>What became of a request to destroy a key.</summary>
public enum ShredOutcome
{
    /// <summary>It is destroyed, now or before; its details can't be read any more.</summary>
    Shredded,

    /// <summary>A legal hold covers it. Nothing was done.</summary>
    Held,

    /// <summary>Its period is not over, or not for a day. Nothing was done.</summary>
    NotOver,

    /// <summary>It was not noted as due, or not long enough ago by a clock that went evenly since. Nothing was done.</summary>
    TooSoon,

    /// <summary>The clock is further ahead of the log than the log's settings take for possible. Nothing was done.</summary>
    ClockInDoubt,
}
