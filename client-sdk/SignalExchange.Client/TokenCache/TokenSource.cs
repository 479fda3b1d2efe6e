using System.Security.Cryptography;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Tokens of identifiers: from the cache, and what is not there from the key service.</summary>
internal sealed class TokenSource(TokenMaker maker, ITokenCache cache)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns the tokens of identifiers of one type, in their order.</summary>
    public async Task<EvaluatedIdentifier[]> MakeAsync(
        KeyCommitment key,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        var tokens = new EvaluatedIdentifier?[identifiers.Count];
        var missing = new Dictionary<TokenCacheKey, List<int>>();
        for (var place = 0; place < tokens.Length; place++)
        {
            var cacheKey = new TokenCacheKey(key.KeyId, identifiers[place].ComputeDigest(_secret));
            tokens[place] = await cache.GetAsync(cacheKey, cancellationToken).ConfigureAwait(false);
            if (tokens[place] is null)
            {
                (missing.TryGetValue(cacheKey, out var places) ? places : missing[cacheKey] = []).Add(place);
            }
        }

        if (missing.Count > 0)
        {
            await FillAsync(key, identifiers, tokens, [.. missing], cancellationToken).ConfigureAwait(false);
        }

        return tokens!;
    }

    private async Task FillAsync(
        KeyCommitment key,
        IReadOnlyList<Identifier> identifiers,
        EvaluatedIdentifier?[] tokens,
        KeyValuePair<TokenCacheKey, List<int>>[] missing,
        CancellationToken cancellationToken
    )
    {
        var made = await maker
            .MakeAsync(key, [.. missing.Select(entry => identifiers[entry.Value[0]])], cancellationToken)
            .ConfigureAwait(false);
        for (var number = 0; number < missing.Length; number++)
        {
            await cache.SetAsync(missing[number].Key, made[number], cancellationToken).ConfigureAwait(false);
            missing[number].Value.ForEach(place => tokens[place] = made[number]);
        }
    }
}
