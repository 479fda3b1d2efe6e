using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>RFC 9380 section 5.3.1, expand_message_xmd with SHA-512: uniform bytes from a message and a domain tag.</summary>
internal static class ExpandMessage
{
    private const int MaxTagSize = 255;
    private const int MaxBlocks = 255;

    // The output's size in two bytes, and the zero that stands for b_0's index.
    private const int HeadSize = sizeof(ushort) + 1;

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

        // A call into the library for each piece costs more than the pieces: what follows the message is one of them.
        Span<byte> tail = stackalloc byte[HeadSize + tag.Length + 1];
        BinaryPrimitives.WriteUInt16BigEndian(tail, (ushort)uniform.Length);
        tail[HeadSize - 1] = 0;
        tag.CopyTo(tail[HeadSize..]);
        tail[^1] = (byte)tag.Length;

        Span<byte> first = stackalloc byte[Sha512.DigestSize];
        HashMessage(message, tail, first);
        HashBlocks(first, tail[HeadSize..], uniform);
        CryptographicOperations.ZeroMemory(first);
    }

    /// <summary>b_0 of the RFC.</summary>
    private static void HashMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tail, Span<byte> digest)
    {
        var hash = Sha512.AfterZeroBlock();
        hash.Append(message);
        hash.Append(tail);
        hash.Finish(digest);
    }

    /// <summary>b_1 and so on, each of b_0 and the one before it; before the first one that is all zero.</summary>
    private static void HashBlocks(ReadOnlySpan<byte> first, ReadOnlySpan<byte> tagAndLength, Span<byte> uniform)
    {
        Span<byte> input = stackalloc byte[Sha512.DigestSize + 1 + tagAndLength.Length];
        Span<byte> block = stackalloc byte[Sha512.DigestSize];
        block.Clear();
        tagAndLength.CopyTo(input[(Sha512.DigestSize + 1)..]);
        for (byte index = 1; !uniform.IsEmpty; index++)
        {
            for (var i = 0; i < block.Length; i++)
            {
                input[i] = (byte)(first[i] ^ block[i]);
            }

            input[Sha512.DigestSize] = index;
            var hash = new Sha512();
            hash.Append(input);
            hash.Finish(block);
            var taken = Math.Min(uniform.Length, block.Length);
            block[..taken].CopyTo(uniform);
            uniform = uniform[taken..];
        }

        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(block);
    }
}
