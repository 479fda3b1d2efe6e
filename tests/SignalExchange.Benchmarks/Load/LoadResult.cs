namespace SignalExchange.Benchmarks.Load;

/// <summary>What a round came to.</summary>
/// <param name="Calls">Calls or batches answered.</param>
/// <param name="Seconds">In what time.</param>
/// <param name="P50">Half of the answers took less, in milliseconds.</param>
/// <param name="P99">99 % of them.</param>
/// <param name="P999">99.9 % of them.</param>
internal sealed record LoadResult(long Calls, double Seconds, double P50, double P99, double P999)
{
    /// <summary>Gets the calls a second.</summary>
    public double PerSecond => Calls / Seconds;
}
