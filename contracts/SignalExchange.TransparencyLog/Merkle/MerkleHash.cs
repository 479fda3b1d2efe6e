using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>A hash of a Merkle tree: of a leaf, of a node or of a whole tree. SHA-256, 32 bytes.</summary>
/// <remarks>Immutable; safe from any thread. The default is 32 zero bytes, which is the hash of nothing known.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>The size of a hash, in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Reads a hash.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public MerkleHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A hash has {Size} bytes, got {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<MerkleHash>(bytes);
    }

    /// <summary>Reads a hash from standard base64 (RFC 4648 section 4), canonical and nothing else.</summary>
    /// <param name="text">44 characters.</param>
    /// <param name="hash">The hash, if it is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out MerkleHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isHash =
            Convert.TryFromBase64Chars(text, bytes, out var written)
            && written == Size
            && text.SequenceEqual(Convert.ToBase64String(bytes));
        hash = isHash ? new MerkleHash(bytes) : default;
        return isHash;
    }

    /// <summary>Writes the hash.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>Returns the hash's bytes in a new array.</summary>
    public byte[] ToArray() => AsBytes(in this).ToArray();

    /// <summary>Returns the hash in base64, as checkpoints and proofs write it.</summary>
    public override string ToString() => Convert.ToBase64String(AsBytes(in this));

    /// <inheritdoc/>
    public bool Equals(MerkleHash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is MerkleHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _a.GetHashCode();

    /// <summary>Compares two hashes.</summary>
    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    /// <summary>Compares two hashes.</summary>
    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    /// <summary>Sees a tile's bytes as its hashes, without a copy.</summary>
    /// <param name="bytes">A multiple of <see cref="Size"/>; what is over is left out.</param>
    public static ReadOnlySpan<MerkleHash> Cast(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.Cast<byte, MerkleHash>(bytes);

    /// <summary>Sees hashes as a tile's bytes, without a copy.</summary>
    /// <param name="hashes">Any number.</param>
    public static ReadOnlySpan<byte> AsBytes(ReadOnlySpan<MerkleHash> hashes) => MemoryMarshal.AsBytes(hashes);

    // The fields hold the bytes in the order of the file, whatever the machine's: a tile is an array of hashes.
    internal static ReadOnlySpan<byte> AsBytes(in MerkleHash hash) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<MerkleHash>(in hash));
}
