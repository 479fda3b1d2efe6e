using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A storage that takes no records for as long as a test wants; everything else of it works.</summary>
internal sealed class RefusingLogStore(IAccessLogStore inner) : IAccessLogStore
{
    private volatile bool _refuses;

    /// <summary>Gets or sets whether appends fail.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        AccessLogLease lease,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records,
        CancellationToken cancellationToken
    ) =>
        Refuses
            ? throw new StorageUnavailableException("The test's disk is full.")
            : inner.AppendAsync(lease, firstIndex, records, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken) =>
        inner.AcquireAsync(log, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken) =>
        inner.SettleAsync(lease, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken) =>
        inner.ReadExtentAsync(log, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccessLogRecord>> ReadAsync(
        string log,
        long first,
        int count,
        CancellationToken cancellationToken
    ) => inner.ReadAsync(log, first, count, cancellationToken);

    /// <inheritdoc/>
    public ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken) =>
        inner.MarkPublishedAsync(lease, size, cancellationToken);

    /// <inheritdoc/>
    public ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken) =>
        inner.TrimAsync(lease, before, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken) =>
        inner.GetAsync(log, path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask PutAsync(
        AccessLogLease lease,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) => inner.PutAsync(lease, path, content, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken) =>
        inner.DeletePartialsAsync(lease, path, cancellationToken);
}
