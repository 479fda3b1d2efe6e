using System.Security.Cryptography;

namespace SignalExchange.AccessLog.Entries;

/// <summary>The two digests of a leaf, as access_log.proto states them.</summary>
internal static class EntryDigests
{
    /// <summary>The size of a digest, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> DetailPrefix => "signalexchange access-log detail 1\0"u8;

    /// <summary>Writes the digest of a detail's bytes.</summary>
    public static void OfDetail(ReadOnlySpan<byte> detail, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(DetailPrefix);
        hash.AppendData(detail);
        hash.GetHashAndReset(digest);
    }

    /// <summary>Writes the digest of a sealed detail.</summary>
    public static void OfSealed(ReadOnlySpan<byte> sealedDetail, Span<byte> digest) =>
        SHA256.HashData(sealedDetail, digest);
}
