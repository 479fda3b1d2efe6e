using SignalExchange.AccessLog.Entries;

namespace SignalExchange.AccessLog.Keys;

/// <summary>The keys whose time has come, each since when; and whether the clock that says so is to be believed.</summary>
/// <remarks>
/// <para>
/// A wall clock is set by people, by time servers and by batteries that run out, and a key that was destroyed by mistake is gone. So a
/// key is destroyed only after it was due for a while by the monotonic clock, in which the wall clock went as far as that one; and not
/// while the wall clock is further from the last entry that the log had at its start than the process has run, and then some.
/// </para>
/// Forgotten with the process, whose start is when a wrong clock shows first. Used under its owner's lock.
/// </remarks>
/// <param name="time">The clocks.</param>
/// <param name="delay">How long a key must be due.</param>
/// <param name="maxLead">How far the clock may be ahead of the last entry, beyond the time that this process has run.</param>
internal sealed class DueKeys(TimeProvider time, TimeSpan delay, TimeSpan maxLead)
{
    // Both clocks are slewed alike; where they are not, an oscillator is off by 2 minutes in a month of delay.
    private static readonly TimeSpan Unevenness = TimeSpan.FromMinutes(5);

    private readonly Dictionary<KeyName, (long Timestamp, DateTimeOffset Utc)> _since = [];
    private readonly long _startedAt = time.GetTimestamp();
    private DateTimeOffset _lastEntry = time.GetUtcNow();

    /// <summary>Gets the keys that were noted.</summary>
    public IReadOnlyList<KeyName> All => [.. _since.Keys];

    /// <summary>Gets whether the clock shows a time that this log can hardly have come to.</summary>
    public bool IsClockInDoubt => time.GetUtcNow() - _lastEntry > time.GetElapsedTime(_startedAt) + maxLead;

    /// <summary>Takes note of when the last entry was written that the log had at its start.</summary>
    public void Resume(DateTimeOffset lastEntry) => _lastEntry = lastEntry;

    /// <summary>Notes that a key's time has come; one that was noted stays as it is.</summary>
    public void Note(KeyName key) => _since.TryAdd(key, (time.GetTimestamp(), time.GetUtcNow()));

    /// <summary>Forgets that a key's time had come.</summary>
    public void Forget(KeyName key) => _since.Remove(key);

    /// <summary>Whether a key was due for long enough. One whose clock did not go evenly is forgotten: it may be noted again.</summary>
    public bool IsRipe(KeyName key)
    {
        if (!_since.TryGetValue(key, out var since))
        {
            return false;
        }

        var elapsed = time.GetElapsedTime(since.Timestamp);
        if ((time.GetUtcNow() - since.Utc - elapsed).Duration() > Unevenness)
        {
            Forget(key);
            return false;
        }

        return elapsed >= delay;
    }
}
