using Microsoft.Extensions.Logging;
using SignalExchange.Client.Telemetry;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>A cache whose failures cost evaluations, and no call.</summary>
internal sealed class TolerantTokenCache(ITokenCache cache, ILogger log)
{
    /// <summary>Looks tokens up; finds nothing when the cache fails, and takes nothing that belongs to another key.</summary>
    public async ValueTask<IReadOnlyList<EvaluatedIdentifier?>> GetAsync(
        IReadOnlyList<TokenCacheKey> keys,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await cache.GetAsync(keys, cancellationToken).ConfigureAwait(false);
            return [.. keys.Select((key, place) => found[place]?.KeyId == key.KeyId ? found[place] : null)];
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            ClientLog.CacheFailed(log, keys.Count, failure);
            return new EvaluatedIdentifier?[keys.Count];
        }
    }

    /// <summary>Keeps tokens if the cache can.</summary>
    public async ValueTask SetAsync(
        IReadOnlyList<KeyValuePair<TokenCacheKey, EvaluatedIdentifier>> tokens,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await cache.SetAsync(tokens, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            ClientLog.CacheFailed(log, tokens.Count, failure);
        }
    }
}
