using System.Globalization;
using SignalExchange.Contracts;

namespace SignalExchange.Client.TokenCache;

/// <summary>Under what a token is kept.</summary>
/// <param name="KeyId">The VOPRF key.</param>
/// <param name="Digest">First 128 bits of HMAC-SHA-256 of the identifier under the cache's secret.</param>
public readonly record struct TokenCacheKey(KeyId KeyId, UInt128 Digest)
{
    /// <summary>Returns the whole key as text: a store's key, never a log's.</summary>
    /// <returns>For example <c>phone-e164/1/0f3c5a7b9d1e2f40/</c> and 32 lower-case hexadecimal digits.</returns>
    public string ToKeyString() => $"{KeyId}/{Digest.ToString("x32", CultureInfo.InvariantCulture)}";

    /// <summary>Returns the VOPRF key's id; nothing of the digest.</summary>
    public override string ToString() => KeyId.ToString();
}
