using Microsoft.Extensions.Logging;
using SignalExchange.Client.Keys;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Tokens of identifiers: from the cache, and what is not there from the key service.</summary>
/// <param name="maker">Makes tokens, and verifies every proof.</param>
/// <param name="keys">The exchange's keys.</param>
/// <param name="cache">Where tokens are kept.</param>
/// <param name="secret">Under what identifiers are hashed for the cache.</param>
/// <param name="log">Where alarms go.</param>
internal sealed class TokenSource(
    TokenMaker maker,
    KeyRing keys,
    TolerantTokenCache cache,
    ReadOnlyMemory<byte> secret,
    ILogger log
) : ITokenSource
{
    public async ValueTask<KeyId> GetKeyAsync(IndicatorType type, CancellationToken cancellationToken) =>
        (await keys.GetActiveAsync(type, cancellationToken).ConfigureAwait(false)).KeyId;

    public async Task<KeyId> GetSuccessorAsync(KeyId refused, CancellationToken cancellationToken) =>
        (await keys.GetSuccessorAsync(refused, cancellationToken).ConfigureAwait(false)).KeyId;

    public async Task<EvaluatedIdentifier[]> MakeAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        // An identifier that stands several times in the batch is looked up, and evaluated, once.
        var cacheKeys = identifiers
            .Select(identifier => new TokenCacheKey(keyId, identifier.ComputeDigest(secret.Span)))
            .ToArray();
        var distinct = cacheKeys.Zip(identifiers).DistinctBy(entry => entry.First).ToArray();
        var tokens = await FindOrMakeAsync(keyId, distinct, cancellationToken).ConfigureAwait(false);
        return [.. cacheKeys.Select(key => tokens[key])];
    }

    private async Task<Dictionary<TokenCacheKey, EvaluatedIdentifier>> FindOrMakeAsync(
        KeyId keyId,
        (TokenCacheKey Key, Identifier Identifier)[] wanted,
        CancellationToken cancellationToken
    )
    {
        var found = await cache
            .GetAsync([.. wanted.Select(entry => entry.Key)], cancellationToken)
            .ConfigureAwait(false);
        var tokens = new Dictionary<TokenCacheKey, EvaluatedIdentifier>(wanted.Length);
        var missing = new List<(TokenCacheKey Key, Identifier Identifier)>();
        foreach (var (place, entry) in wanted.Index())
        {
            if (found[place] is { } token)
            {
                tokens.Add(entry.Key, token);
            }
            else
            {
                missing.Add(entry);
            }
        }

        ClientTelemetry.CountLookups(tokens.Count, missing.Count);
        if (missing.Count > 0)
        {
            var made = await EvaluateAsync(keyId, [.. missing.Select(entry => entry.Identifier)], cancellationToken)
                .ConfigureAwait(false);
            KeyValuePair<TokenCacheKey, EvaluatedIdentifier>[] kept =
            [
                .. missing.Zip(made, (entry, token) => KeyValuePair.Create(entry.Key, token)),
            ];
            Array.ForEach(kept, entry => tokens.Add(entry.Key, entry.Value));
            await cache.SetAsync(kept, cancellationToken).ConfigureAwait(false);
        }

        return tokens;
    }

    public async Task<IReadOnlyList<EvaluatedIdentifier>> EvaluateAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await maker.MakeAsync(keys.Find(keyId), identifiers, cancellationToken).ConfigureAwait(false);
        }
        catch (ProofInvalidException alarm)
        {
            ClientLog.ProofInvalid(log, keyId.Type, keyId.Epoch, alarm);
            throw;
        }
    }
}
