using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Reads tiles and bundles of a tree of a known size from a source.</summary>
internal static class TileFiles
{
    /// <summary>Reads a file of a log, or the full one that has taken its place.</summary>
    /// <returns>What was read; null if neither is there.</returns>
    // C2SP tlog-tiles: a partial one may go once the full one is there.
    public static async ValueTask<TileFile?> ReadAsync(
        ITileSource source,
        TilePath path,
        CancellationToken cancellationToken
    )
    {
        if (await source.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            return new TileFile(path, bytes);
        }

        return path.IsPartial ? await ReadAsync(source, path.Full, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Reads a tile of hashes.</summary>
    /// <returns>As many hashes as the path's width; null if the tile is absent, or has another length.</returns>
    public static async ValueTask<MerkleHash[]?> ReadHashesAsync(
        ITileSource source,
        TilePath path,
        CancellationToken cancellationToken
    ) => HashesOf(await ReadAsync(source, path, cancellationToken).ConfigureAwait(false), path.Width);

    /// <summary>Returns the first hashes of a tile that was read; null if there is none, or it has another length.</summary>
    public static MerkleHash[]? HashesOf(TileFile? file, int width) =>
        file is { } tile && tile.Bytes.Length == tile.Path.MaxBytes
            ? MerkleHash.Cast(tile.Bytes.Span[..(width * MerkleHash.Size)]).ToArray()
            : null;
}
