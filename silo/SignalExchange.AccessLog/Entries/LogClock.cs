namespace SignalExchange.AccessLog.Entries;

/// <summary>The time of entries: whole milliseconds, never in front of the last one's.</summary>
/// <remarks>A clock that jumps back is survived by holding the last time until it is passed again. Safe from any thread.</remarks>
internal sealed class LogClock(TimeProvider time)
{
    private long _last = long.MinValue;
    private long _holds;

    /// <summary>Gets how many times an entry's time was held because the clock showed an earlier one.</summary>
    public long Holds => Interlocked.Read(ref _holds);

    /// <summary>Gets the period that new details belong to.</summary>
    public LogPeriod Period =>
        LogPeriod.Of(DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(Now, Interlocked.Read(ref _last))));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Goes on from the last entry of a log that was recovered.</summary>
    public void Resume(long unixMilliseconds) => Interlocked.Exchange(ref _last, unixMilliseconds);

    /// <summary>Returns the time of what is written now, in milliseconds since 1970. Called by the writer's loop only.</summary>
    public long Next()
    {
        var (now, last) = (Now, Interlocked.Read(ref _last));
        if (now < last)
        {
            Interlocked.Increment(ref _holds);
            return last;
        }

        Interlocked.Exchange(ref _last, now);
        return now;
    }
}
