using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>The tiles above level 0 as they are stored, and which of them the signed root vouches for.</summary>
internal sealed class StoredTiles
{
    private readonly TreeShape _shape;
    private readonly List<MerkleHash[]?[]> _tiles = [];

    private StoredTiles(TreeShape shape) => _shape = shape;

    /// <summary>Gets the number of levels, level 0 among them.</summary>
    public int Levels => _shape.Levels();

    /// <summary>Reads them, each once.</summary>
    public static async Task<StoredTiles> ReadAsync(
        ITileSource source,
        TreeShape shape,
        int parallelism,
        CancellationToken cancellationToken
    )
    {
        var stored = new StoredTiles(shape);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = parallelism,
            CancellationToken = cancellationToken,
        };
        for (var level = 1; level < shape.Levels(); level++)
        {
            var tiles = new MerkleHash[shape.TilesAt(level)][];
            var at = level;
            await Parallel
                .ForAsync(
                    0,
                    tiles.Length,
                    parallel,
                    async (index, token) =>
                        tiles[index] = (
                            await ReadTileAsync(source, stored.PathOf(at, index), token).ConfigureAwait(false)
                        )!
                )
                .ConfigureAwait(false);
            stored._tiles.Add(tiles);
        }

        return stored;
    }

    /// <summary>Returns how many tiles a level has.</summary>
    public int CountAt(int level) => _tiles[level - 1].Length;

    /// <summary>Returns a tile; null if it is absent or has another length.</summary>
    public MerkleHash[]? Tile(int level, long index) => _tiles[level - 1][index];

    /// <summary>Returns a tile's path.</summary>
    public TilePath PathOf(int level, long index) => TilePath.Hashes(level, index, _shape.WidthOf(level, index));

    /// <summary>Tells whether the partial tiles, with some leaves behind them, are what a root is the root of.</summary>
    public bool HaveRoot(MerkleHash root, ReadOnlySpan<MerkleHash> tail)
    {
        var frontier = new MerkleFrontier();
        foreach (var path in _shape.PartialTiles().Where(path => path.Level > 0).Reverse())
        {
            foreach (var hash in Tile(path.Level, path.Index) ?? [])
            {
                if ((frontier.Size & ((1L << (path.Level * TilePath.Height)) - 1)) == 0)
                {
                    frontier.Append(hash, path.Level * TilePath.Height);
                }
            }
        }

        foreach (ref readonly var leaf in tail)
        {
            frontier.Append(leaf);
        }

        return frontier.Root == root;
    }

    /// <summary>Tells whether the tile above, which must itself be vouched for, vouches for a full tile.</summary>
    public bool IsVouchedFor(int level, long index) =>
        Tile(level, index) is { } tile && HashAt(level + 1, index) == MerkleHashing.HashTree(tile);

    /// <summary>Returns a hash of a level; null if its tile is absent.</summary>
    public MerkleHash? HashAt(int level, long index) =>
        level < Levels ? Tile(level, index / TilePath.FullWidth)?[index % TilePath.FullWidth] : null;

    private static async ValueTask<MerkleHash[]?> ReadTileAsync(
        ITileSource source,
        TilePath path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await TileFiles.ReadHashesAsync(source, path, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
