using SignalExchange.AccessLog.Publishing;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.AccessLog.Reading;

/// <summary>The tree, for proofs: what is in memory from there, the rest from tiles that are the tree's.</summary>
internal sealed class AuthenticTree(AuthenticTiles tiles, LogTree tree) : ITreeReader
{
    /// <inheritdoc/>
    /// <exception cref="AccessLogDamagedException">A tile is lost or not the tree's.</exception>
    public async ValueTask<IReadOnlyList<MerkleHash>> ReadAsync(
        IReadOnlyList<TreeNode> nodes,
        CancellationToken cancellationToken
    )
    {
        var hashes = new MerkleHash[nodes.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = await ReadAsync(nodes[i], cancellationToken);
        }

        return hashes;
    }

    // A node between two tiles' levels is the root of a part of one tile.
    private async ValueTask<MerkleHash> ReadAsync(TreeNode node, CancellationToken cancellationToken)
    {
        var (level, count) = (node.Level / TilePath.Height, 1 << (node.Level % TilePath.Height));
        var hashes = new MerkleHash[count];
        for (var i = 0; i < count; i++)
        {
            var index = (node.Index * count) + i;
            hashes[i] = tree.Find(level, index) ?? await ReadAsync(level, index, cancellationToken);
        }

        return MerkleHashing.HashTree(hashes);
    }

    private async ValueTask<MerkleHash> ReadAsync(int level, long index, CancellationToken cancellationToken)
    {
        var tile = await tiles.ReadAsync(level, index / TilePath.FullWidth, cancellationToken);
        return tile[(int)(index % TilePath.FullWidth)];
    }
}
