using SignalExchange.Client.TokenCache;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.TokenCache;

/// <summary>A platform's store that is down.</summary>
internal sealed class BrokenCache : ITokenCache
{
    public ValueTask<IReadOnlyList<EvaluatedIdentifier?>> GetAsync(
        IReadOnlyList<TokenCacheKey> keys,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("The store is down.");

    public ValueTask SetAsync(
        IReadOnlyList<KeyValuePair<TokenCacheKey, EvaluatedIdentifier>> tokens,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("The store is down.");
}
