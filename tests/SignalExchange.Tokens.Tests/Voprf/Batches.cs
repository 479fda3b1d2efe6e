using System.Security.Cryptography;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>Makes packed elements to ask about.</summary>
internal static class Batches
{
    /// <summary>Returns random elements: what blinded elements look like.</summary>
    internal static byte[] Random(int count)
    {
        var batch = new byte[count * Ristretto.ElementSize];
        for (var i = 0; i < count; i++)
        {
            OprfContext.Voprf.HashToGroup(RandomNumberGenerator.GetBytes(16), Ristretto.At(batch.AsSpan(), i));
        }

        return batch;
    }
}
