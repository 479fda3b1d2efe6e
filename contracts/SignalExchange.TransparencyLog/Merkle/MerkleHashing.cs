using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>How leaves and nodes are hashed (RFC 6962 section 2.1).</summary>
/// <remarks>Pure; safe from any thread; allocates nothing for entries up to 1 KiB, and nothing that stays for larger ones.</remarks>
public static class MerkleHashing
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int OnStack = 1024;

    /// <summary>Gets the root of the tree without leaves: the hash of no bytes.</summary>
    public static MerkleHash EmptyRoot { get; } = new(SHA256.HashData([]));

    /// <summary>Hashes a leaf: <c>SHA-256(0x00 || entry)</c>.</summary>
    /// <param name="entry">The entry's bytes, any number.</param>
    [SkipLocalsInit]
    public static MerkleHash HashLeaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        if (length <= OnStack)
        {
            Span<byte> small = stackalloc byte[OnStack];
            return HashPrefixed(small[..length], entry);
        }

        // One copy and one call are cheaper than an incremental hash, which the platform makes anew each time.
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var hash = HashPrefixed(rented.AsSpan(0, length), entry);
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>Hashes a node: <c>SHA-256(0x01 || left || right)</c>.</summary>
    /// <param name="left">The hash of the left half; a full subtree.</param>
    /// <param name="right">The hash of the right half.</param>
    [SkipLocalsInit]
    public static MerkleHash HashNode(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * MerkleHash.Size)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + MerkleHash.Size)..]);
        return Hash(node);
    }

    /// <summary>Hashes a tree of leaf hashes, or of the hashes of full subtrees of one height.</summary>
    /// <param name="hashes">The hashes, from the left; any number.</param>
    /// <returns>The root: <see cref="EmptyRoot"/> of none, the hash itself of one.</returns>
    /// <remarks>One node hash less than there are hashes.</remarks>
    public static MerkleHash HashTree(ReadOnlySpan<MerkleHash> hashes)
    {
        var frontier = new MerkleFrontier();
        foreach (ref readonly var hash in hashes)
        {
            frontier.Append(hash);
        }

        return frontier.Root;
    }

    private static MerkleHash HashPrefixed(Span<byte> buffer, ReadOnlySpan<byte> entry)
    {
        buffer[0] = LeafPrefix;
        entry.CopyTo(buffer[1..]);
        return Hash(buffer);
    }

    private static MerkleHash Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        SHA256.HashData(bytes, hash);
        return new MerkleHash(hash);
    }
}
