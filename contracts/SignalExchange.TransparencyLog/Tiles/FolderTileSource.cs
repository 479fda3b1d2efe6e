namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>A log in a folder: the files lie as their paths say.</summary>
/// <param name="folder">The folder that holds <c>checkpoint</c> and <c>tile</c>.</param>
/// <remarks>Safe from any thread. A file that cannot be read for another reason than its absence throws as files do.</remarks>
public sealed class FolderTileSource(string folder) : ITileSource
{
    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        ReadFileAsync(CheckpointFile.Name, CheckpointFile.MaxBytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadVerifierKeyAsync(CancellationToken cancellationToken) =>
        ReadFileAsync(VerifierKeyFile.Name, VerifierKeyFile.MaxBytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        ReadFileAsync(path.ToString(), path.MaxBytes, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>?> ReadFileAsync(
        string path,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var file = File.OpenHandle(Path.Join(folder, path), options: FileOptions.Asynchronous);
            var length = RandomAccess.GetLength(file);
            if (length > maxBytes)
            {
                throw new InvalidDataException($"{path} has {length} bytes; it can have {maxBytes} at most.");
            }

            var bytes = new byte[length];
            var read = 0;
            while (
                read < bytes.Length
                && await RandomAccess
                    .ReadAsync(file, bytes.AsMemory(read), read, cancellationToken)
                    .ConfigureAwait(false)
                    is var more
                        and > 0
            )
            {
                read += more;
            }

            return bytes.AsMemory(0, read);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
