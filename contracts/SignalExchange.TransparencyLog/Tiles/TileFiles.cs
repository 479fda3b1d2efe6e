using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Reads tiles and bundles of a tree of a known size from a source.</summary>
internal static class TileFiles
{
    /// <summary>Reads a file of a log, or the full one that has taken its place.</summary>
    /// <returns>Its bytes, at least as many hashes or entries as the path's width; null if neither is there.</returns>
    // C2SP tlog-tiles: a partial one may go once the full one is there.
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        ITileSource source,
        TilePath path,
        CancellationToken cancellationToken
    ) =>
        await source.ReadAsync(path, cancellationToken).ConfigureAwait(false)
        ?? (path.IsPartial ? await source.ReadAsync(path.Full, cancellationToken).ConfigureAwait(false) : null);

    /// <summary>Reads a tile of hashes.</summary>
    /// <returns>As many hashes as the path's width; null if the tile is absent, or has another length.</returns>
    public static async ValueTask<MerkleHash[]?> ReadHashesAsync(
        ITileSource source,
        TilePath path,
        CancellationToken cancellationToken
    )
    {
        var bytes = await ReadAsync(source, path, cancellationToken).ConfigureAwait(false);
        var length = path.Width * MerkleHash.Size;
        var isTile = bytes?.Length == length || (path.IsPartial && bytes?.Length == path.Full.MaxBytes);
        return isTile ? MerkleHash.Cast(bytes!.Value.Span[..length]).ToArray() : null;
    }
}
