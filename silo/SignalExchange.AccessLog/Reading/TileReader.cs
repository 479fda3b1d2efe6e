using SignalExchange.AccessLog.Formats;
using SignalExchange.AccessLog.Publishing;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Reading;

/// <summary>Reads full tiles and bundles, and says precisely which is lost or altered.</summary>
internal sealed class TileReader(IAccessLogStore store, string log)
{
    /// <summary>Reads a full tile. Whether it is the tree's, its reader finds out.</summary>
    /// <exception cref="AccessLogDamagedException">It is lost or has another size.</exception>
    public async ValueTask<byte[]> ReadAsync(int level, long number, CancellationToken cancellationToken)
    {
        var path = LogPaths.Tile(level, number, LogPaths.TileWidth);
        var tile = await GetAsync(path, cancellationToken);
        return tile.Length == LogPaths.TileWidth * LogPaths.HashSize
            ? tile.ToArray()
            : throw new AccessLogDamagedException(
                $"{path} of log '{log}' has {tile.Length} bytes, not {LogPaths.TileWidth * LogPaths.HashSize}."
            );
    }

    /// <summary>Reads the entries of a full bundle, each compared with the tile of the leaves.</summary>
    /// <exception cref="AccessLogDamagedException">Bundle or tile is lost, or an entry is not the tile's.</exception>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(
        long bundle,
        CancellationToken cancellationToken
    ) => await ReadEntriesAsync(bundle, await ReadAsync(0, bundle, cancellationToken), cancellationToken);

    /// <summary>Reads the entries of a full bundle, each compared with a tile that is known.</summary>
    /// <exception cref="AccessLogDamagedException">The bundle is lost, or an entry is not the tile's.</exception>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(
        long bundle,
        byte[] tile,
        CancellationToken cancellationToken
    )
    {
        var path = LogPaths.Entries(bundle, LogPaths.TileWidth);
        var entries = EntryBundles.Read(await GetAsync(path, cancellationToken));
        for (var place = 0; place < LogPaths.TileWidth; place++)
        {
            if (place >= entries.Count || !IsLeaf(entries[place].Span, tile, place))
            {
                throw new AccessLogDamagedException(
                    $"Entry {bundle * LogPaths.TileWidth + place} in {path} of log '{log}' is not the one in "
                        + $"{LogPaths.Tile(0, bundle, LogPaths.TileWidth)}: one of them was altered."
                );
            }
        }

        return entries.Count == LogPaths.TileWidth
            ? entries
            : throw new AccessLogDamagedException($"{path} of log '{log}' has more than {LogPaths.TileWidth} entries.");
    }

    /// <summary>Reads the sealed details of a full bundle: as many as can be read, none where it is lost.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadDetailsAsync(
        long bundle,
        CancellationToken cancellationToken
    ) =>
        await store.GetAsync(log, DetailBundle.PathOf(bundle), cancellationToken) is { } details
            ? DetailBundle.Read(details)
            : [];

    private static bool IsLeaf(ReadOnlySpan<byte> entry, byte[] tile, int place)
    {
        Span<byte> hash = stackalloc byte[LogPaths.HashSize];
        MerkleHash.OfLeaf(entry, hash);
        return hash.SequenceEqual(tile.AsSpan(place * LogPaths.HashSize, LogPaths.HashSize));
    }

    private async ValueTask<ReadOnlyMemory<byte>> GetAsync(string path, CancellationToken cancellationToken) =>
        await store.GetAsync(log, path, cancellationToken)
        ?? throw new AccessLogDamagedException($"{path} of log '{log}' is lost.");
}
