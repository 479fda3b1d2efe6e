using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>A tree as its tiles have it.</summary>
/// <param name="source">The tiles.</param>
/// <param name="size">The size of the tree: that of a verified checkpoint, since partial tiles exist for those only.</param>
/// <remarks>
/// What it reads is unchecked. Whoever makes a proof of it verifies the proof against the signed root, and never takes a hash
/// for true because it came from a tile (CVE-2026-56865). Each call reads every tile that it needs once.
/// </remarks>
public sealed class TileTreeReader(ITileSource source, long size) : ITreeReader
{
    private readonly TreeShape _shape = new(size);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A tile is absent or has another length.</exception>
    public async ValueTask<IReadOnlyList<MerkleHash>> ReadAsync(
        IReadOnlyList<TreeNode> nodes,
        CancellationToken cancellationToken
    )
    {
        var tiles = new Dictionary<TilePath, MerkleHash[]>();
        var hashes = new List<MerkleHash>(nodes.Count);
        foreach (var node in nodes)
        {
            var level = node.Level / TilePath.Height;
            var count = 1 << (node.Level % TilePath.Height);
            var first = node.Index * count;
            var path = PathOf(level, first / TilePath.FullWidth);
            if (!tiles.TryGetValue(path, out var tile))
            {
                tiles[path] = tile = await ReadTileAsync(path, cancellationToken).ConfigureAwait(false);
            }

            hashes.Add(MerkleHashing.HashTree(tile.AsSpan((int)(first % TilePath.FullWidth), count)));
        }

        return hashes;
    }

    /// <summary>Returns the right edge of the tree, from its partial tiles.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The frontier; compare its root with the signed one before anything is appended.</returns>
    /// <exception cref="InvalidDataException">A tile is absent or has another length.</exception>
    public async Task<MerkleFrontier> ReadFrontierAsync(CancellationToken cancellationToken)
    {
        var frontier = new MerkleFrontier();
        foreach (var path in _shape.PartialTiles().Reverse())
        {
            foreach (var hash in await ReadTileAsync(path, cancellationToken).ConfigureAwait(false))
            {
                frontier.Append(hash, path.Level * TilePath.Height);
            }
        }

        return frontier;
    }

    internal async ValueTask<MerkleHash[]> ReadTileAsync(TilePath path, CancellationToken cancellationToken) =>
        await TileFiles.ReadHashesAsync(source, path, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidDataException($"{path} is absent, or is no tile of {path.Width} hashes.");

    private TilePath PathOf(int level, long index)
    {
        var width = _shape.WidthOf(level, index);
        return width > 0
            ? TilePath.Hashes(level, index, width)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"A tree of {size} leaves has no such tile.");
    }
}
