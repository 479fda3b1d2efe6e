using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>The storage of access logs in blobs of the first account: a journal of what changes, and a blob for each tile.</summary>
/// <remarks>
/// It has connections of its own: an entry waits for no submission's transaction, nor the other way round. Safe from any thread, and
/// beside others on the same container. Open it once; what is called before gets <see cref="InvalidOperationException"/>, what is
/// called after it was disposed gets <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class AzureAccessLogStore : IAccessLogStore, IOpenableStorage, IAsyncDisposable
{
    private readonly AzureStorageOptions _options;
    private readonly ILogger<AzureAccessLogStore> _logger;
    private readonly JournalLimits _limits;
    private readonly Func<HttpPipelineTransport, HttpPipelineTransport>? _around;
    private readonly OpenedOnce<LogSession> _session;

    /// <summary>Creates the storage, closed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="logger">Hears of opening and closing; never of content.</param>
    public AzureAccessLogStore(IOptions<AzureStorageOptions> options, ILogger<AzureAccessLogStore> logger)
        : this(options, logger, JournalLimits.Default, around: null) { }

    /// <summary>Creates the storage, closed, with other limits or something between it and its connections: for tests.</summary>
    internal AzureAccessLogStore(
        IOptions<AzureStorageOptions> options,
        ILogger<AzureAccessLogStore> logger,
        JournalLimits limits,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around
    ) => (_options, _logger, _limits, _around, _session) = (options.Value, logger, limits, around, new(this));

    private LogSession Session => _session.Value;

    /// <summary>Makes the container or checks it, and is ready. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageFormatException">The container is newer, or not ours.</exception>
    /// <exception cref="StorageUnavailableException">The account can't be used.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        _session.OpenAsync(
            () => LogSession.OpenAsync(_options, _limits, _around, _logger, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public async ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        return await Session.JournalOf(log).AcquireAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        AccessLogLease lease,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records,
        CancellationToken cancellationToken
    )
    {
        AccessLogRules.CheckAppend(firstIndex, records);
        await Session
            .JournalOf(lease.Log)
            .WriteAsync(lease, state => JournalChanges.Append(lease, state, firstIndex, records), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken)
    {
        // Whatever is asked of a journal, it settles first what it does not know of itself.
        var journal = Session.JournalOf(lease.Log);
        await journal.CheckHeldAsync(lease, cancellationToken);
        return await journal.ReadExtentAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        return await Session.JournalOf(log).ReadExtentAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AccessLogRecord>> ReadAsync(
        string log,
        long first,
        int count,
        CancellationToken cancellationToken
    )
    {
        AccessLogPaths.CheckLog(log);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return await Session.JournalOf(log).ReadAsync(first, count, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken) =>
        await Session
            .JournalOf(lease.Log)
            .WriteAsync(lease, state => JournalChanges.MarkPublished(state, size), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken)
    {
        var journal = Session.JournalOf(lease.Log);
        await journal.WriteAsync(lease, state => JournalChanges.Trim(state, before), cancellationToken);
        await journal.SweepAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        AccessLogPaths.CheckResource(path);
        return AccessLogPaths.IsImmutable(path)
            ? await Session.Resources.GetAsync(log, path, cancellationToken)
            : await Session.JournalOf(log).ReadResourceAsync(path, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask PutAsync(
        AccessLogLease lease,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        AccessLogPaths.CheckResource(path);
        var (session, journal) = (Session, Session.JournalOf(lease.Log));
        if (AccessLogPaths.IsImmutable(path))
        {
            await journal.CheckHeldAsync(lease, cancellationToken);
            await session.Resources.PutAsync(lease.Log, path, content);
        }
        else
        {
            await journal.WriteAsync(lease, state => JournalFrame.Of(state, path, content), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckResource(path);
        var session = Session;
        await session.JournalOf(lease.Log).CheckHeldAsync(lease, cancellationToken);
        await session.Resources.DeletePartialsAsync(lease.Log, path, cancellationToken);
    }

    /// <summary>Waits for the writes that run, and lets go of the connections.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
