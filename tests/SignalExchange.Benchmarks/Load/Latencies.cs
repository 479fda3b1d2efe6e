using System.Diagnostics;
using HdrHistogram;

namespace SignalExchange.Benchmarks.Load;

/// <summary>How long answers took: three digits, up to a minute. Safe from any thread.</summary>
internal sealed class Latencies
{
    private const long Minute = 60_000_000;
    private const double MicrosecondsInMillisecond = 1000;

    private readonly LongConcurrentHistogram _microseconds = new(1, Minute, 3);

    /// <summary>Notes an answer.</summary>
    /// <param name="begun">When its call began, a timestamp of <see cref="Stopwatch"/>.</param>
    public void Note(long begun) => Note(Stopwatch.GetElapsedTime(begun));

    /// <summary>Notes an answer.</summary>
    public void Note(TimeSpan took) => _microseconds.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, Minute));

    /// <summary>Gets how many there are.</summary>
    public long Count => _microseconds.TotalCount;

    /// <summary>Returns below what a share of them was, in milliseconds; 0 if there are none.</summary>
    /// <param name="percent">The share.</param>
    public double At(double percent) =>
        Count == 0 ? 0 : _microseconds.GetValueAtPercentile(percent) / MicrosecondsInMillisecond;

    /// <summary>Returns what they come to.</summary>
    public LoadResult ToResult(double seconds) => new(Count, seconds, At(50), At(99), At(99.9));
}
