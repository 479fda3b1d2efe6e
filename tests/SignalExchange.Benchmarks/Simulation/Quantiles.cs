namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Times of a simulation, in milliseconds.</summary>
internal sealed class Quantiles
{
    private const double MillisecondsInSecond = 1e3;

    private readonly HdrHistogram.LongHistogram _microseconds = new(1, 600_000_000, 3);

    /// <summary>Notes a time, in seconds.</summary>
    public void Note(double seconds) => _microseconds.RecordValue(Math.Clamp((long)(seconds * 1e6), 1, 600_000_000));

    /// <summary>Returns below what a share of them was; 0 if there are none.</summary>
    /// <param name="percent">The share.</param>
    public double At(double percent) =>
        _microseconds.TotalCount == 0 ? 0 : _microseconds.GetValueAtPercentile(percent) / MillisecondsInSecond;
}
