using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.Index.Tables;

/// <summary>The secret by which an index turns tokens into fingerprints.</summary>
/// <remarks>
/// <para>
/// Two tokens share a fingerprint with a chance of 2^-63 at most, whatever the two are: the family is strongly universal
/// (D. Lemire, O. Kaser, "Strongly universal string hashing is fast", The Computer Journal 57(11), 2014, MULTILINEAR with
/// 128-bit coefficients and 64-bit words). So nobody can make a token that shares its slot with another member's, to take
/// that one out of the index with a retraction of his own.
/// </para>
/// <para>
/// A linear hash keeps evenly spaced tokens evenly spaced, and linear probing then crowds (M. Pătraşcu, M. Thorup, "On the
/// k-independence required by linear probing and minwise independence", 2010). The last step undoes that; it is one to
/// one, so it costs none of the guarantee.
/// </para>
/// Immutable; safe from any thread. A key lives as long as the index that is named with it: through a snapshot, sealed, into the next
/// process (<see cref="Snapshots.SnapshotFormat"/>); an index that is made from the logs draws another.
/// </remarks>
internal sealed class FingerprintKey
{
    /// <summary>The bytes of a key.</summary>
    public const int Size = 5 * 16;

    private readonly UInt128 _constant;
    private readonly UInt128 _first;
    private readonly UInt128 _second;
    private readonly UInt128 _third;
    private readonly UInt128 _fourth;

    /// <summary>Draws a key.</summary>
    public FingerprintKey()
        : this(RandomNumberGenerator.GetBytes(Size)) { }

    /// <summary>Takes up a key that was drawn before.</summary>
    /// <param name="bytes">Its <see cref="Size"/> bytes, as <see cref="ToArray"/> returned them.</param>
    public FingerprintKey(ReadOnlySpan<byte> bytes) =>
        (_constant, _first, _second, _third, _fourth) = (
            BinaryPrimitives.ReadUInt128LittleEndian(bytes),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[64..])
        );

    /// <summary>Returns a token's fingerprint.</summary>
    /// <param name="token">Its 32 bytes.</param>
    public Fingerprint Of(ReadOnlySpan<byte> token)
    {
        var sum =
            _constant
            + (_first * BinaryPrimitives.ReadUInt64LittleEndian(token))
            + (_second * BinaryPrimitives.ReadUInt64LittleEndian(token[8..]))
            + (_third * BinaryPrimitives.ReadUInt64LittleEndian(token[16..]))
            + (_fourth * BinaryPrimitives.ReadUInt64LittleEndian(token[24..]));
        return new(Scatter((ulong)(sum >> 64)));
    }

    /// <summary>Returns a token's fingerprint.</summary>
    public Fingerprint Of(Token token)
    {
        Span<byte> bytes = stackalloc byte[Token.Size];
        token.CopyTo(bytes);
        return Of(bytes);
    }

    /// <summary>Returns the key's bytes: who has them can test a token against what was named with it.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, _constant);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(16), _first);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(32), _second);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(48), _third);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(64), _fourth);
        return bytes;
    }

    // Xor with the upper half, an odd factor (any will do; this one is from Degski's 64-bit mixer), xor again.
    private static ulong Scatter(ulong value)
    {
        value = unchecked((value ^ (value >> 32)) * 0xD6E8FEB86659FD93);
        return value ^ (value >> 32);
    }
}
