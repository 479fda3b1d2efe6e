using System.Collections.Concurrent;
using SignalExchange.Contracts;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>The tokens that were accepted, each for as long as it could be accepted again.</summary>
/// <remarks>
/// <para>
/// Buckets by the minute of expiry; a bucket goes as a whole once no token in it could pass any more by either clock: its time is
/// over, and the longest life of a token has passed since its last use as the monotonic clock counts. So a clock that jumps ahead
/// for a while makes nothing forgotten, and one that is set back keeps what it makes good again and was not forgotten before.
/// </para>
/// Safe from any thread; memory is bounded by the rate of calls times eight minutes, and what a clock is set back.
/// </remarks>
internal sealed class UsedTokens(TimeProvider clock)
{
    // A token may be issued by a clock that is ahead, and shown to one that is behind.
    private static readonly TimeSpan LongestLife = Limits.MaxCredentialLifetime + (2 * Limits.ClockTolerance);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, Bucket> _byMinute = new();
    private long _sweptAt = clock.GetTimestamp();

    /// <summary>Gets how many tokens are remembered.</summary>
    public int Count => _byMinute.Sum(bucket => bucket.Value.Tokens.Count);

    /// <summary>Takes note of a token.</summary>
    /// <returns>False if it was seen before.</returns>
    public bool TryAdd(TokenUse use)
    {
        Sweep();
        var bucket = _byMinute.GetOrAdd(use.ExpiresSeconds / 60, static _ => new());
        Volatile.Write(ref bucket.UsedAt, clock.GetTimestamp());
        return bucket.Tokens.TryAdd(use.Name, 0);
    }

    private void Sweep()
    {
        var (last, now) = (Interlocked.Read(ref _sweptAt), clock.GetTimestamp());
        if (clock.GetElapsedTime(last, now) < Interval || Interlocked.CompareExchange(ref _sweptAt, now, last) != last)
        {
            return;
        }

        var oldest = (clock.GetUtcNow() - Limits.ClockTolerance).ToUnixTimeSeconds() / 60;
        foreach (var (minute, bucket) in _byMinute)
        {
            if (minute < oldest && clock.GetElapsedTime(Volatile.Read(ref bucket.UsedAt), now) > LongestLife)
            {
                _byMinute.TryRemove(minute, out _);
            }
        }
    }

    private sealed class Bucket
    {
        public readonly ConcurrentDictionary<UInt128, byte> Tokens = new();
        public long UsedAt;
    }
}
