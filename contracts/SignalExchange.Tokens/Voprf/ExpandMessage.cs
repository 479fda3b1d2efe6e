using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>RFC 9380 section 5.3.1, expand_message_xmd with SHA-512: uniform bytes from a message and a domain tag.</summary>
internal static class ExpandMessage
{
    private const int MaxTagSize = 255;
    private const int MaxBlocks = 255;

    private static readonly byte[] ZeroPad = new byte[Sha512.BlockSize];

    /// <summary>Fills <paramref name="uniform"/> with bytes that look random to who does not know the message.</summary>
    /// <param name="message">The message, of any length.</param>
    /// <param name="tag">The domain tag, 1 to 255 bytes.</param>
    /// <param name="uniform">Where the bytes go, 1 to 16,320 of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tag's or the output's length is outside its range.</exception>
    internal static void Xmd(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag, Span<byte> uniform)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tag.Length, nameof(tag));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tag.Length, MaxTagSize, nameof(tag));
        ArgumentOutOfRangeException.ThrowIfZero(uniform.Length, nameof(uniform));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uniform.Length, MaxBlocks * Sha512.DigestSize, nameof(uniform));

        Span<byte> first = stackalloc byte[Sha512.DigestSize];
        Span<byte> block = stackalloc byte[Sha512.DigestSize];
        HashMessage(message, tag, (ushort)uniform.Length, first);
        block.Clear();
        for (byte index = 1; !uniform.IsEmpty; index++)
        {
            HashBlock(first, block, index, tag);
            var taken = Math.Min(uniform.Length, block.Length);
            block[..taken].CopyTo(uniform);
            uniform = uniform[taken..];
        }

        CryptographicOperations.ZeroMemory(first);
        CryptographicOperations.ZeroMemory(block);
    }

    /// <summary>b_0 of the RFC.</summary>
    private static void HashMessage(
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> tag,
        ushort uniformSize,
        Span<byte> digest
    )
    {
        Span<byte> size = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(size, uniformSize);
        var hash = new Sha512();
        hash.Append(ZeroPad);
        hash.Append(message);
        hash.Append(size);
        hash.Append(0);
        AppendTag(ref hash, tag);
        hash.Finish(digest);
    }

    /// <summary>b_i of the RFC, in the place of b_(i-1); before the first one that is all zero.</summary>
    private static void HashBlock(ReadOnlySpan<byte> first, Span<byte> block, byte index, ReadOnlySpan<byte> tag)
    {
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= first[i];
        }

        var hash = new Sha512();
        hash.Append(block);
        hash.Append(index);
        AppendTag(ref hash, tag);
        hash.Finish(block);
    }

    private static void AppendTag(ref Sha512 hash, ReadOnlySpan<byte> tag)
    {
        hash.Append(tag);
        hash.Append((byte)tag.Length);
    }
}
