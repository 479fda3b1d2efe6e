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
}
