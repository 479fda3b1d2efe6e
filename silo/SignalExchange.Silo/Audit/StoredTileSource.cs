using SignalExchange.Storage.AccessLog;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.Silo.Audit;

/// <summary>This silo's log as its verifier reads it: from the storage, file by file.</summary>
internal sealed class StoredTileSource(IAccessLogStore store, string log) : ITileSource
{
    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        store.GetAsync(log, AccessLogPaths.Checkpoint, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadVerifierKeyAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(null); // the key comes from who verifies, never from the log

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        store.GetAsync(log, path.ToString(), cancellationToken);
}
