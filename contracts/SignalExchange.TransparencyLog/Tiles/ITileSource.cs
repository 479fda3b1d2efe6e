namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Where a log's files are read from: a folder, a web server, a store of blobs. Nothing that comes from it is trusted.</summary>
public interface ITileSource
{
    /// <summary>Reads the checkpoint as it is now.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The signed note's bytes; null if there is none.</returns>
    /// <exception cref="InvalidDataException">It is longer than any checkpoint.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Reads the verifier key that the log itself names: good for finding damage, never for trusting the log.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The key's text; null if the source names none.</returns>
    /// <exception cref="InvalidDataException">It is longer than any key.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadVerifierKeyAsync(CancellationToken cancellationToken);

    /// <summary>Reads a tile or a bundle.</summary>
    /// <param name="path">Which; looked up exactly as it is, a partial one as partial.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The file's bytes; null if there is no such file.</returns>
    /// <exception cref="InvalidDataException">It is longer than <see cref="TilePath.MaxBytes"/>.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken);
}
