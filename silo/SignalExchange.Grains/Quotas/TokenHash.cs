using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.Grains.Quotas;

/// <summary>The keyed hash by which tokens enter a sketch: SipHash-2-4 (J.-P. Aumasson, D. J. Bernstein, 2012) of 32 bytes.</summary>
/// <remarks>
/// A pseudorandom function: who does not have the key cannot choose tokens that fall into the same registers, and so ask about
/// more than are counted. Immutable; safe from any thread; allocates nothing.
/// </remarks>
public readonly struct TokenHash
{
    /// <summary>The size of a key, in bytes.</summary>
    public const int KeySize = 16;

    private readonly ulong _low;
    private readonly ulong _high;

    /// <summary>Takes a key.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public TokenHash(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException($"A key has {KeySize} bytes, got {key.Length}.", nameof(key));
        }

        _low = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _high = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
    }

    /// <summary>Draws a key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>Returns the hash of a token.</summary>
    /// <param name="token">Its 32 bytes.</param>
    public ulong Of(ReadOnlySpan<byte> token)
    {
        var v0 = _low ^ 0x736f6d6570736575;
        var v1 = _high ^ 0x646f72616e646f6d;
        var v2 = _low ^ 0x6c7967656e657261;
        var v3 = _high ^ 0x7465646279746573;
        for (var word = 0; word < Token.Size; word += sizeof(ulong))
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(token[word..]), ref v0, ref v1, ref v2, ref v3);
        }

        // The last word holds the length, modulo 256, in its highest byte; no bytes are left over.
        Absorb((ulong)Token.Size << 56, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xff;
        for (var round = 0; round < 4; round++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
