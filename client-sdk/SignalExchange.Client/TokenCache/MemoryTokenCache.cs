using Microsoft.Extensions.Caching.Memory;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Keeps tokens in memory, up to a number of them.</summary>
internal sealed class MemoryTokenCache(int size) : ITokenCache, IDisposable
{
    private static readonly MemoryCacheEntryOptions OneEntry = new() { Size = 1 };

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = size });

    public int Count => _cache.Count;

    public ValueTask<EvaluatedIdentifier?> GetAsync(TokenCacheKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_cache.Get<EvaluatedIdentifier>(key));

    public ValueTask SetAsync(TokenCacheKey key, EvaluatedIdentifier token, CancellationToken cancellationToken)
    {
        _cache.Set(key, token, OneEntry);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _cache.Dispose();
}
