using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client.Templates;

/// <summary>Elements and tokens of ads' bands: from a cache, and what is not there from the key service.</summary>
/// <remarks>
/// The cache is keyed by a keyed hash of an ad's letters under a secret of this client, so that an exact repost, and one that differs
/// only in what is folded away, costs no evaluation. In memory only. Safe from any thread.
/// </remarks>
internal sealed class AdTokens(ITokenSource source, int cacheSize) : IDisposable
{
    private static readonly MemoryCacheEntryOptions OneEntry = new() { Size = 1 };

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = cacheSize });

    /// <summary>Does something under the key of bands; under the next one, once, if the exchange has retired it.</summary>
    public async Task<T> RunAsync<T>(Func<KeyId, Task<T>> act, CancellationToken cancellationToken)
    {
        var keyId = await source.GetKeyAsync(IndicatorType.AdTemplate, cancellationToken).ConfigureAwait(false);
        try
        {
            return await act(keyId).ConfigureAwait(false);
        }
        catch (SignalExchangeException refused)
            when (refused.Reason is ErrorReason.KeyRetired or ErrorReason.KeyUnknown)
        {
            var next = await source.GetSuccessorAsync(keyId, cancellationToken).ConfigureAwait(false);
            if (next == keyId)
            {
                throw;
            }

            return await act(next).ConfigureAwait(false);
        }
    }

    /// <summary>Returns what each ad's bands are under a key.</summary>
    public async Task<IReadOnlyList<EvaluatedAd>> EvaluateAsync(
        KeyId keyId,
        IReadOnlyList<AdSketch> sketches,
        CancellationToken cancellationToken
    )
    {
        var keys = sketches.Select(sketch => new TokenCacheKey(keyId, sketch.ComputeDigest(_secret))).ToArray();
        var wanted = keys.Zip(sketches).DistinctBy(entry => entry.First).ToArray();
        var ads = new Dictionary<TokenCacheKey, EvaluatedAd>(wanted.Length);
        var missing = new List<(TokenCacheKey Key, AdSketch Sketch)>();
        foreach (var entry in wanted)
        {
            if (_cache.Get<EvaluatedAd>(entry.First) is { } known)
            {
                ads.Add(entry.First, known);
            }
            else
            {
                missing.Add(entry);
            }
        }

        ClientTelemetry.CountLookups(ads.Count * AdSketch.Bands, missing.Count * AdSketch.Bands);
        foreach (var (key, made) in await MakeAsync(keyId, missing, cancellationToken).ConfigureAwait(false))
        {
            ads.Add(key, made);
            _cache.Set(key, made, OneEntry);
        }

        return [.. keys.Select(key => ads[key])];
    }

    public void Dispose() => _cache.Dispose();

    private async Task<IEnumerable<(TokenCacheKey Key, EvaluatedAd Ad)>> MakeAsync(
        KeyId keyId,
        List<(TokenCacheKey Key, AdSketch Sketch)> missing,
        CancellationToken cancellationToken
    )
    {
        if (missing.Count == 0)
        {
            return [];
        }

        var bands = missing.SelectMany(entry => entry.Sketch.BandInputs).ToList();
        var evaluated = await source.EvaluateAsync(keyId, bands, cancellationToken).ConfigureAwait(false);
        return missing.Zip(evaluated.Chunk(AdSketch.Bands)).Select(ad => (ad.First.Key, EvaluatedAd.Of(ad.Second)));
    }
}
