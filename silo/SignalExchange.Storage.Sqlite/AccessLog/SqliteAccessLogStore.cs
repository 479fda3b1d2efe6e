using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>The embedded storage of access logs: tails in a database of their own, tiles and bundles as files.</summary>
/// <remarks>
/// <para>
/// Its database is not the shards': an entry must not wait for a submission's transaction, nor the other way round. A log's
/// folder has C2SP's layout; <c>checkpoint</c> and <c>tile/</c> in it can be served as they are.
/// </para>
/// <para>
/// Safe from any thread. Open it once; what is called before gets <see cref="InvalidOperationException"/>, what is called
/// after it was disposed gets <see cref="ObjectDisposedException"/>.
/// </para>
/// </remarks>
public sealed class SqliteAccessLogStore : IAccessLogStore, IOpenableStorage, IAsyncDisposable
{
    private readonly SqliteAccessLogOptions _options;
    private readonly ILogger<SqliteAccessLogStore> _logger;
    private readonly OpenedOnce<AccessLogSession> _session;

    /// <summary>Creates the storage, closed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="logger">Hears of opening, closing and failures; never of content.</param>
    public SqliteAccessLogStore(IOptions<SqliteAccessLogOptions> options, ILogger<SqliteAccessLogStore> logger) =>
        (_options, _logger, _session) = (options.Value, logger, new(this));

    private AccessLogSession Session => _session.Value;

    /// <summary>Takes the folder, makes the database or recovers it, and is ready. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Honoured until the opening begins.</param>
    /// <exception cref="StorageInUseException">Another process has the folder.</exception>
    /// <exception cref="StorageFormatException">The database is not ours, or newer.</exception>
    /// <exception cref="StorageUnavailableException">The folder or the database can't be used.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        _session.OpenAsync(
            () => Task.Run(() => AccessLogSession.Open(_options, _logger), cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public async ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        var session = Session;
        return await session.Thread.RunAsync(
            () =>
            {
                var lease = session.Writer.Acquire(log);
                session.Files.Admit(lease);
                return lease;
            },
            cancellationToken
        );
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
        var session = Session;
        await session.Thread.RunAsync(() => session.Writer.Append(lease, firstIndex, records), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken)
    {
        var session = Session;
        return await session.Thread.RunAsync(() => session.Writer.Settle(lease), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        var session = Session;
        return await Task.Run(() => session.Reader.ReadExtent(log), cancellationToken);
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
        var session = Session;
        return await Task.Run(() => session.Reader.Read(log, first, count), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken)
    {
        var session = Session;
        await session.Thread.RunAsync(() => session.Writer.MarkPublished(lease, size), cancellationToken);
        await Task.Run(session.Maintenance.Run, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken)
    {
        var session = Session;
        while (await session.Thread.RunAsync(() => session.Writer.TrimSome(lease, before), cancellationToken))
        {
            // Entries that wait for the disk come first.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        AccessLogPaths.CheckResource(path);
        var session = Session;
        return await Task.Run(() => session.Files.Get(log, path), cancellationToken);
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
        var session = Session;
        await Task.Run(() => session.Files.Put(lease, path, content), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckResource(path);
        var session = Session;
        await Task.Run(() => session.Files.DeletePartials(lease, path), cancellationToken);
    }

    /// <summary>Runs the writes that wait, empties the write-ahead log and lets go of the folder.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
