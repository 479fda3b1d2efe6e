using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>The tree that the entries give.</summary>
/// <param name="Roots">The roots of the full bundles: the hashes of level 1.</param>
/// <param name="Root">The root of the tree.</param>
internal sealed record ComputedTree(MerkleHash[] Roots, MerkleHash Root)
{
    /// <summary>Returns the hashes of each level of tiles, from level 1 up.</summary>
    public List<MerkleHash[]> Levels()
    {
        var levels = new List<MerkleHash[]>();
        for (var level = Roots; level.Length > 0; level = Above(level))
        {
            levels.Add(level);
        }

        return levels;
    }

    private static MerkleHash[] Above(MerkleHash[] level)
    {
        var above = new MerkleHash[level.Length / TilePath.FullWidth];
        for (var i = 0; i < above.Length; i++)
        {
            above[i] = MerkleHashing.HashTree(level.AsSpan(i * TilePath.FullWidth, TilePath.FullWidth));
        }

        return above;
    }
}
