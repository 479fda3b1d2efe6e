namespace SignalExchange.Benchmarks.Load;

/// <summary>What a load calls.</summary>
internal enum LoadKind
{
    /// <summary>Check, unary.</summary>
    Check,

    /// <summary>SubmitStream: one stream, new indicators.</summary>
    SubmitStream,
}
