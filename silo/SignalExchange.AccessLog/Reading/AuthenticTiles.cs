using SignalExchange.AccessLog.Publishing;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.AccessLog.Reading;

/// <summary>Reads tiles that are the tree's: each is compared, tile by tile upwards, until memory knows the hash.</summary>
/// <remarks>
/// The tree's edges in memory were compared with the signed root when the log was opened. A tile that was found to be the tree's is
/// kept, so that the next one beside it costs one read; a file is read once and what was read is what is compared.
/// </remarks>
internal sealed class AuthenticTiles(TileReader tiles, LogTree tree, string log)
{
    private readonly Dictionary<int, (long Number, MerkleHash[] Tile)> _last = [];

    /// <summary>Reads a full tile.</summary>
    /// <exception cref="AccessLogDamagedException">It, or one above it, is lost or not the tree's.</exception>
    public async ValueTask<MerkleHash[]> ReadAsync(int level, long number, CancellationToken cancellationToken)
    {
        if (_last.TryGetValue(level, out var last) && last.Number == number)
        {
            return last.Tile;
        }

        var tile = await tiles.ReadAsync(level, number, cancellationToken);
        var expected = tree.Find(level + 1, number) ?? await FindAboveAsync(level, number, cancellationToken);
        if (expected != MerkleHashing.HashTree(tile))
        {
            throw new AccessLogDamagedException(
                $"{TilePath.Hashes(level, number)} of log '{log}' is not the tree's: it was altered."
            );
        }

        _last[level] = (number, tile);
        return tile;
    }

    private async ValueTask<MerkleHash> FindAboveAsync(int level, long number, CancellationToken cancellationToken)
    {
        var above = await ReadAsync(level + 1, number / TilePath.FullWidth, cancellationToken);
        return above[(int)(number % TilePath.FullWidth)];
    }
}
