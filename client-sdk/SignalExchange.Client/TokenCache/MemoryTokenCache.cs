using Microsoft.Extensions.Caching.Memory;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Keeps tokens in memory, up to a number of them; makes room by forgetting those that were not used for longest.</summary>
internal sealed class MemoryTokenCache(int size) : ITokenCache, IDisposable
{
    private static readonly MemoryCacheEntryOptions OneEntry = new() { Size = 1 };

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = size });

    public int Count => _cache.Count;

    public ValueTask<IReadOnlyList<EvaluatedIdentifier?>> GetAsync(
        IReadOnlyList<TokenCacheKey> keys,
        CancellationToken cancellationToken
    )
    {
        var found = new EvaluatedIdentifier?[keys.Count];
        for (var place = 0; place < found.Length; place++)
        {
            found[place] = _cache.Get<EvaluatedIdentifier>(keys[place]);
        }

        return ValueTask.FromResult<IReadOnlyList<EvaluatedIdentifier?>>(found);
    }

    public ValueTask SetAsync(
        IReadOnlyList<KeyValuePair<TokenCacheKey, EvaluatedIdentifier>> tokens,
        CancellationToken cancellationToken
    )
    {
        foreach (var (key, token) in tokens)
        {
            _cache.Set(key, token, OneEntry);
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => _cache.Dispose();
}
