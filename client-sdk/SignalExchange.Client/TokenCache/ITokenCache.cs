using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Where tokens are kept, so that an identifier seen again costs no evaluation.</summary>
/// <remarks>
/// Keys are keyed hashes of identifiers under a secret of this process, or of the platform's; no identifier is given to the cache. A
/// cache that fails costs evaluations, nothing else, so it should return null rather than throw. Must be safe from any thread.
/// </remarks>
public interface ITokenCache
{
    /// <summary>Returns the token under a key; null when there is none.</summary>
    ValueTask<EvaluatedIdentifier?> GetAsync(TokenCacheKey key, CancellationToken cancellationToken);

    /// <summary>Keeps a token.</summary>
    ValueTask SetAsync(TokenCacheKey key, EvaluatedIdentifier token, CancellationToken cancellationToken);
}
