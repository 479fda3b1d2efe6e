using System.Numerics;
using System.Security.Cryptography;

namespace SignalExchange.AccessLog.Formats;

/// <summary>The hashes of RFC 6962 section 2.1.</summary>
internal static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Writes the hash of a leaf: SHA-256(0x00 || entry).</summary>
    public static void OfLeaf(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        Span<byte> small = stackalloc byte[512];
        var input = entry.Length < small.Length ? small[..(entry.Length + 1)] : new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        SHA256.HashData(input, hash);
    }

    /// <summary>Returns the hash of a node: SHA-256(0x01 || left || right).</summary>
    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        SHA256.HashData([NodePrefix, .. left, .. right]);

    /// <summary>Returns the hash of a tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] OfNothing() => SHA256.HashData(default(ReadOnlySpan<byte>));

    /// <summary>Returns the hash of the subtree over a power of two of hashes.</summary>
    public static byte[] OfTile(ReadOnlySpan<byte> hashes) =>
        hashes.Length == LogPaths.HashSize
            ? hashes.ToArray()
            : OfNode(OfTile(hashes[..(hashes.Length / 2)]), OfTile(hashes[(hashes.Length / 2)..]));

    /// <summary>Returns the hash of a tree that begins with subtrees of one size and ends with a smaller one.</summary>
    /// <param name="hashes">The subtrees' hashes, from left to right; may be none.</param>
    /// <param name="rest">The hash of what follows; empty when nothing does.</param>
    public static byte[] Fold(ReadOnlySpan<byte> hashes, byte[] rest)
    {
        // RFC 6962 2.1: the split is the largest power of two below n, so complete subtrees go from large to small.
        for (var count = hashes.Length / LogPaths.HashSize; count > 0; )
        {
            var size = 1 << BitOperations.TrailingZeroCount(count);
            var subtree = OfTile(hashes[((count - size) * LogPaths.HashSize)..(count * LogPaths.HashSize)]);
            rest = rest.Length == 0 ? subtree : OfNode(subtree, rest);
            count -= size;
        }

        return rest;
    }
}
