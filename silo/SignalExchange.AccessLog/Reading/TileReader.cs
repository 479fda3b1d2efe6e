using SignalExchange.Storage.AccessLog;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.AccessLog.Reading;

/// <summary>Reads full tiles and bundles, and says precisely which is lost or altered.</summary>
internal sealed class TileReader(IAccessLogStore store, string log)
{
    /// <summary>Reads a full tile. Whether it is the tree's, its reader finds out.</summary>
    /// <exception cref="AccessLogDamagedException">It is lost or has another size.</exception>
    public async ValueTask<MerkleHash[]> ReadAsync(int level, long number, CancellationToken cancellationToken)
    {
        var path = TilePath.Hashes(level, number);
        var tile = await GetAsync(path, cancellationToken);
        return tile.Length == path.MaxBytes
            ? MerkleHash.Cast(tile.Span).ToArray()
            : throw new AccessLogDamagedException(
                $"{path} of log '{log}' has {tile.Length} bytes, not {path.MaxBytes}."
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
        MerkleHash[] tile,
        CancellationToken cancellationToken
    )
    {
        var path = TilePath.Entries(bundle);
        var entries = EntryBundle.Read(await GetAsync(path, cancellationToken));
        for (var place = 0; place < TilePath.FullWidth; place++)
        {
            if (place >= entries.Count || MerkleHashing.HashLeaf(entries[place].Span) != tile[place])
            {
                throw new AccessLogDamagedException(
                    $"Entry {bundle * TilePath.FullWidth + place} in {path} of log '{log}' is not the one in "
                        + $"{TilePath.Hashes(0, bundle)}: one of them was altered."
                );
            }
        }

        return entries.Count == TilePath.FullWidth
            ? entries
            : throw new AccessLogDamagedException($"{path} of log '{log}' has more than {TilePath.FullWidth} entries.");
    }

    /// <summary>Reads the sealed details of a full bundle: as many as can be read, none where it is lost.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadDetailsAsync(
        long bundle,
        CancellationToken cancellationToken
    ) =>
        await store.GetAsync(log, TilePath.Details(bundle).ToString(), cancellationToken) is { } details
            ? DetailBundle.Read(details)
            : [];

    private async ValueTask<ReadOnlyMemory<byte>> GetAsync(TilePath path, CancellationToken cancellationToken) =>
        await store.GetAsync(log, path.ToString(), cancellationToken)
        ?? throw new AccessLogDamagedException($"{path} of log '{log}' is lost.");
}
