using System.Buffers;
using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Entries;

/// <summary>Seals details and opens them.</summary>
internal static class DetailSealer
{
    /// <summary>The largest detail, in bytes: 1 MiB.</summary>
    public const int MaxDetailBytes = 1024 * 1024;

    /// <summary>The size of the salt that every detail begins with, in bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>Seals a detail.</summary>
    /// <exception cref="ArgumentException">It has no salt of 128 bits, or is larger than 1 MiB.</exception>
    public static SealedEntry Seal(AccessLogDetail detail, DetailKey key)
    {
        if (detail.Salt.Length != SaltSize)
        {
            throw new ArgumentException(
                $"A detail begins with a salt of {SaltSize} bytes, got {detail.Salt.Length}.",
                nameof(detail)
            );
        }

        var size = detail.CalculateSize();
        if (size > MaxDetailBytes)
        {
            throw new ArgumentException(
                $"A detail has at most {MaxDetailBytes} bytes, got {size}. Log it as several entries.",
                nameof(detail)
            );
        }

        return Seal(detail, size, key);
    }

    /// <summary>Opens a detail and compares it with its leaf.</summary>
    /// <returns>The detail; null when it is not the one that the leaf commits to.</returns>
    public static AccessLogDetail? TryOpen(AccessLogEntry entry, ReadOnlySpan<byte> sealedDetail, DetailKey key)
    {
        if (!IsIntact(entry, sealedDetail) || key.Open(sealedDetail, entry.DetailDigest.Span) is not { } bytes)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[EntryDigests.Size];
        EntryDigests.OfDetail(bytes, digest);
        return digest.SequenceEqual(entry.DetailDigest.Span) ? TryParse(bytes) : null;
    }

    /// <summary>Whether sealed bytes are those that a leaf states: this needs no key.</summary>
    public static bool IsIntact(AccessLogEntry entry, ReadOnlySpan<byte> sealedDetail)
    {
        Span<byte> digest = stackalloc byte[EntryDigests.Size];
        EntryDigests.OfSealed(sealedDetail, digest);
        return digest.SequenceEqual(entry.SealedDigest.Span);
    }

    private static SealedEntry Seal(AccessLogDetail detail, int size, DetailKey key)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var bytes = buffer.AsSpan(0, size);
        try
        {
            detail.WriteTo(bytes);
            var entry = new SealedEntry(
                key.Name,
                new byte[size + DetailKey.Overhead],
                new byte[EntryDigests.Size],
                new byte[EntryDigests.Size]
            );
            EntryDigests.OfDetail(bytes, entry.DetailDigest);
            key.Seal(bytes, entry.DetailDigest, entry.SealedDetail);
            EntryDigests.OfSealed(entry.SealedDetail, entry.SealedDigest);
            return entry;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static AccessLogDetail? TryParse(byte[] bytes)
    {
        try
        {
            return AccessLogDetail.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
