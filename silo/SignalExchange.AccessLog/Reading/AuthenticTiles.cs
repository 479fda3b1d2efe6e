using SignalExchange.AccessLog.Formats;
using SignalExchange.AccessLog.Publishing;

namespace SignalExchange.AccessLog.Reading;

/// <summary>Reads tiles that are the tree's: each is compared, tile by tile upwards, until memory knows the hash.</summary>
/// <remarks>
/// The tree's edges in memory were compared with the signed root when the log was opened. A tile that was found to be the tree's is
/// kept, so that the next one beside it costs one read; a file is read once and what was read is what is compared.
/// </remarks>
internal sealed class AuthenticTiles(TileReader tiles, LogTree tree, string log)
{
    private readonly Dictionary<int, (long Number, byte[] Tile)> _last = [];

    /// <summary>Reads a full tile.</summary>
    /// <exception cref="AccessLogDamagedException">It, or one above it, is lost or not the tree's.</exception>
    public async ValueTask<byte[]> ReadAsync(int level, long number, CancellationToken cancellationToken)
    {
        if (_last.TryGetValue(level, out var last) && last.Number == number)
        {
            return last.Tile;
        }

        var tile = await tiles.ReadAsync(level, number, cancellationToken);
        var expected = tree.Find(level + 1, number) ?? await FindAboveAsync(level, number, cancellationToken);
        if (!expected.AsSpan().SequenceEqual(MerkleHash.OfTile(tile)))
        {
            throw new AccessLogDamagedException(
                $"{LogPaths.Tile(level, number, LogPaths.TileWidth)} of log '{log}' is not the tree's: it was altered."
            );
        }

        _last[level] = (number, tile);
        return tile;
    }

    private async ValueTask<byte[]> FindAboveAsync(int level, long number, CancellationToken cancellationToken)
    {
        var above = await ReadAsync(level + 1, number / LogPaths.TileWidth, cancellationToken);
        var place = (int)(number % LogPaths.TileWidth) * LogPaths.HashSize;
        return above[place..(place + LogPaths.HashSize)];
    }
}
