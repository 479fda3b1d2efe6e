using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>What the entries of one bundle hash to.</summary>
/// <param name="Leaves">The hashes: one more than asked for if there are too many entries.</param>
/// <param name="HasAll">Whether there are as many entries as there should be, and nothing else.</param>
internal readonly record struct BundleHashes(MerkleHash[] Leaves, bool HasAll)
{
    /// <summary>Hashes the entries of a bundle.</summary>
    /// <param name="file">The bundle; what a full one holds beyond the width came after the checkpoint.</param>
    /// <param name="width">How many entries there should be.</param>
    public static BundleHashes Of(TileFile file, int width)
    {
        var isLarger = file.Path.Width > width;
        var leaves = new MerkleHash[width];
        var rest = file.Bytes.Span;
        var count = 0;
        while (count < width && EntryBundle.TryRead(ref rest, out var entry))
        {
            leaves[count++] = MerkleHashing.HashLeaf(entry);
        }

        if (count == width && !isLarger && EntryBundle.TryRead(ref rest, out var surplus))
        {
            return new([.. leaves, MerkleHashing.HashLeaf(surplus)], false);
        }

        return new(count == width ? leaves : leaves[..count], count == width && (isLarger || rest.IsEmpty));
    }
}
