namespace SignalExchange.Clustering;

/// <summary>A time that goes on evenly from when the process began, whatever is done to the machine's clock: right in how much passes, not in what it is.</summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly long _timestamp = time.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _began + time.GetElapsedTime(_timestamp);

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
