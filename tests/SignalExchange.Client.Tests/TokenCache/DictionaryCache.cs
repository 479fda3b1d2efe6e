using System.Collections.Concurrent;
using SignalExchange.Client.TokenCache;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.TokenCache;

/// <summary>A platform's store, as small as it can be.</summary>
internal sealed class DictionaryCache : ITokenCache
{
    public ConcurrentDictionary<TokenCacheKey, EvaluatedIdentifier> Tokens { get; } = new();

    public ValueTask<IReadOnlyList<EvaluatedIdentifier?>> GetAsync(
        IReadOnlyList<TokenCacheKey> keys,
        CancellationToken cancellationToken
    ) =>
        ValueTask.FromResult<IReadOnlyList<EvaluatedIdentifier?>>([
            .. keys.Select(key => Tokens.GetValueOrDefault(key)),
        ]);

    public ValueTask SetAsync(
        IReadOnlyList<KeyValuePair<TokenCacheKey, EvaluatedIdentifier>> tokens,
        CancellationToken cancellationToken
    )
    {
        foreach (var (key, token) in tokens)
        {
            Tokens[key] = token;
        }

        return ValueTask.CompletedTask;
    }
}
