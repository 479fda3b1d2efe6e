using System.Collections.Concurrent;
using SignalExchange.Contracts;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>The tokens that were accepted, each for as long as it could be accepted again.</summary>
/// <remarks>
/// Buckets by the minute of expiry; a bucket goes as a whole once no token in it could pass any more. Safe from any thread; memory is
/// bounded by the rate of calls times six minutes.
/// </remarks>
internal sealed class UsedTokens(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<UInt128, byte>> _byMinute = new();
    private long _sweptMinute;

    /// <summary>Gets how many tokens are remembered.</summary>
    public int Count => _byMinute.Sum(bucket => bucket.Value.Count);

    /// <summary>Takes note of a token.</summary>
    /// <returns>False if it was seen before.</returns>
    public bool TryAdd(TokenUse use)
    {
        Sweep();
        return _byMinute.GetOrAdd(use.ExpiresSeconds / 60, static _ => new()).TryAdd(use.Name, 0);
    }

    private void Sweep()
    {
        var oldest = (clock.GetUtcNow() - Limits.ClockTolerance).ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _sweptMinute, oldest) == oldest)
        {
            return;
        }

        foreach (var minute in _byMinute.Keys.Where(minute => minute < oldest))
        {
            _byMinute.TryRemove(minute, out _);
        }
    }
}
