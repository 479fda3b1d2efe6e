using System.Security.Cryptography;

namespace SignalExchange.AccessLog.Entries;

/// <summary>The two digests of a leaf, as access_log.proto states them.</summary>
internal static class EntryDigests
{
    /// <summary>The size of a digest, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const int MaxOnStack = 1024;

    private static ReadOnlySpan<byte> DetailPrefix => "signalexchange access-log detail 1\0"u8;

    /// <summary>Writes the digest of a detail's bytes.</summary>
    public static void OfDetail(ReadOnlySpan<byte> detail, Span<byte> digest)
    {
        if (detail.Length > MaxOnStack)
        {
            OfLargeDetail(detail, digest);
            return;
        }

        Span<byte> bytes = stackalloc byte[DetailPrefix.Length + detail.Length];
        DetailPrefix.CopyTo(bytes);
        detail.CopyTo(bytes[DetailPrefix.Length..]);
        SHA256.HashData(bytes, digest);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Writes the digest of a sealed detail.</summary>
    public static void OfSealed(ReadOnlySpan<byte> sealedDetail, Span<byte> digest) =>
        SHA256.HashData(sealedDetail, digest);

    // Piece by piece: three calls into the library and a handle, but no copy.
    private static void OfLargeDetail(ReadOnlySpan<byte> detail, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(DetailPrefix);
        hash.AppendData(detail);
        hash.GetHashAndReset(digest);
    }
}
