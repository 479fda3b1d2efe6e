using SignalExchange.Storage.Files;

namespace SignalExchange.Storage.Snapshots;

/// <summary>Snapshots as files of a folder, NAME.snapshot, that only their owner reads.</summary>
/// <param name="folder">The folder; made with the first snapshot.</param>
public sealed class FileSnapshotStore(string folder) : ISnapshotStore
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Whoever reads takes pieces of its own size; a buffer in between would only copy them.
            return Task.FromResult<Stream?>(
                new FileStream(
                    PathOf(name),
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    bufferSize: 0,
                    FileOptions.Asynchronous
                )
            );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc/>
    public Task ReplaceAsync(
        string name,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        DurableFiles.CreateFolder(_folder);
        return DurableFiles.WriteAsync(PathOf(name), write, cancellationToken);
    }

    private string PathOf(string name) => Path.Combine(_folder, name + ".snapshot");
}
