using SignalExchange.Contracts;

namespace SignalExchange.Client.TokenCache;

/// <summary>Under what a token is kept.</summary>
/// <param name="KeyId">The VOPRF key.</param>
/// <param name="Digest">First 128 bits of HMAC-SHA-256 of the identifier under the cache's secret.</param>
public readonly record struct TokenCacheKey(KeyId KeyId, UInt128 Digest);
