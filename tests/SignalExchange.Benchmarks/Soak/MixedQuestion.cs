namespace SignalExchange.Benchmarks.Soak;

/// <summary>What a mixed load is asked.</summary>
internal enum MixedQuestion
{
    /// <summary>What there was since the last time.</summary>
    Interval,

    /// <summary>What there was in all.</summary>
    Whole,
}
