using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Storage.Azure.Snapshots;

/// <summary>Snapshots as blobs of the first account, <c>SILO/NAME.snapshot</c>: a silo that gets another disk still has its own.</summary>
/// <remarks>
/// A snapshot is staged in blocks, which nobody sees, and takes the place of the one before when all are listed; of memory either way
/// takes one block. Who reads one that is replaced meanwhile gets <see cref="IOException"/>, never parts of two. Safe from any thread,
/// and beside a process that was the same silo before: whoever lists its blocks last has the snapshot, whole.
/// </remarks>
public sealed class AzureSnapshotStore : ISnapshotStore
{
    private readonly Lazy<AzureContainer> _container;
    private readonly string _silo;
    private volatile bool _isMade;

    /// <summary>Notes where snapshots go; nothing is asked yet.</summary>
    /// <param name="connections">To the accounts.</param>
    /// <param name="options">The settings.</param>
    /// <param name="silo">The name of the silo's access log, which no other silo has.</param>
    public AzureSnapshotStore(AzureConnections connections, IOptions<AzureStorageOptions> options, string silo)
    {
        AccessLogPaths.CheckLog(silo);
        _silo = silo;
        _container = new(() => connections.First.Container(NameOf(options.Value)));
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var container = await ContainerAsync(cancellationToken);
            return await container.FindEndAsync(BlobOf(name), cancellationToken) is { } end
                ? new SnapshotReadStream(container.BlockBlob(BlobOf(name)), end)
                : null;
        }
        catch (StorageUnavailableException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public async Task ReplaceAsync(
        string name,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var container = await ContainerAsync(cancellationToken);
            await using var staged = new SnapshotWriteStream(container.BlockBlob(BlobOf(name)));
            await write(staged, cancellationToken);
            await staged.CommitAsync(cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Returns the container's name: containers have no upper case.</summary>
    internal static string NameOf(AzureStorageOptions options) => $"{options.Prefix.ToLowerInvariant()}-snapshots";

    private string BlobOf(string name) => $"{_silo}/{name}.snapshot";

    private async Task<AzureContainer> ContainerAsync(CancellationToken cancellationToken)
    {
        if (!_isMade)
        {
            await _container.Value.CreateIfAbsentAsync(cancellationToken);
            _isMade = true;
        }

        return _container.Value;
    }
}
