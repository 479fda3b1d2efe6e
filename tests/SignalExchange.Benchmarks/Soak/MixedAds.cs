using System.Collections.Concurrent;
using SignalExchange.Benchmarks.Ads.Serving;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>The calls of a mixed load that are about ads. Safe from any thread.</summary>
internal sealed class MixedAds(AdMember member)
{
    private const int MaxRemembered = 200;

    private readonly ConcurrentQueue<byte[]> _registered = new();
    private int _asked;

    /// <summary>Registers an ad that nobody posted.</summary>
    public async Task<bool> Register()
    {
        _registered.Enqueue((await member.Register(1))[0]);
        if (_registered.Count > MaxRemembered)
        {
            _registered.TryDequeue(out _);
        }

        return true;
    }

    /// <summary>Asks about one that was registered, or about one that was not.</summary>
    public async Task<bool> Match()
    {
        var isKnown = Interlocked.Increment(ref _asked) % 2 == 0;
        await member.Match(isKnown && _registered.TryPeek(out var ad) ? ad : null);
        return true;
    }
}
