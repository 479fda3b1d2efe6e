using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Schema;

namespace SignalExchange.Storage.Postgres.AccessLog;

/// <summary>The storage of access logs in a PostgreSQL database: tails, tiles, bundles and checkpoints as rows.</summary>
/// <remarks>
/// <para>
/// It has connections of its own: an entry waits for no submission's transaction, nor the other way round.
/// </para>
/// <para>
/// Safe from any thread. Open it once; what is called before gets <see cref="InvalidOperationException"/>, what is called
/// after it was disposed gets <see cref="ObjectDisposedException"/>.
/// </para>
/// </remarks>
public sealed class PostgresAccessLogStore : IAccessLogStore, IOpenableStorage, IAsyncDisposable
{
    private const string Name = "SignalExchange access log";

    // One appends, one publishes; the others read for auditors and verifiers.
    private const int MaxConnections = 8;

    private readonly PostgresStorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PostgresAccessLogStore> _logger;
    private readonly ConcurrentDictionary<string, HeldLog> _held = [];
    private readonly OpenedOnce<DatabasePool> _pool;

    /// <summary>Creates the storage, closed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clock">Measures how long a connection was silent.</param>
    /// <param name="logger">Hears of opening and closing; never of content.</param>
    public PostgresAccessLogStore(
        IOptions<PostgresStorageOptions> options,
        TimeProvider clock,
        ILogger<PostgresAccessLogStore> logger
    ) => (_options, _clock, _logger, _pool) = (options.Value, clock, logger, new(this));

    private DatabasePool Pool => _pool.Value;

    /// <summary>Looks at the server, makes the tables or brings them up to date, and is ready. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="StorageFormatException">The tables are not ours, newer, or for another number of shards.</exception>
    /// <exception cref="StorageUnavailableException">The database can't be reached or used.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        _pool.OpenAsync(() => ConnectAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        var taken = await Pool.WriteAsync(TailStatements.AcquireAsync, log, cancellationToken);
        _held[log] = HeldLog.Of(taken);
        return new(log, taken.Epoch);
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
        var held = await HeldAsync(lease, cancellationToken);
        var append = TailAppend.Of(held, lease, firstIndex, records);
        if (!await Pool.WriteAsync(TailStatements.AppendAsync, append, cancellationToken))
        {
            var log = StoredLog.CheckHeld(await FindAsync(lease.Log, cancellationToken), lease);
            throw new StaleStateException(
                $"Log '{lease.Log}' has {log.Extent.Size} entries; records for index {firstIndex} were not written."
            );
        }
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(lease, cancellationToken);
        held = _held[lease.Log] = held with { Settled = held.Settled + 1 };
        var log = StoredLog.CheckHeld(
            await Pool.WriteAsync(TailStatements.SettleAsync, (lease, held.Settled), cancellationToken),
            lease
        );
        return log.Extent;
    }

    /// <inheritdoc/>
    public async ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        return (await FindAsync(log, cancellationToken))?.Extent ?? default;
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
        return await Pool.ReadAsync(TailStatements.ReadAsync, (log, first, count), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken)
    {
        if (!await Pool.WriteAsync(TailStatements.MarkPublishedAsync, (lease, size), cancellationToken))
        {
            var log = StoredLog.CheckHeld(await FindAsync(lease.Log, cancellationToken), lease);
            throw new ArgumentOutOfRangeException(
                nameof(size),
                size,
                $"A published size is from {log.Extent.Published} to {log.Extent.Size}."
            );
        }
    }

    /// <inheritdoc/>
    public async ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken)
    {
        for (var isMore = true; isMore; )
        {
            (var isHeld, isMore) = await Pool.WriteAsync(
                TailStatements.TrimSomeAsync,
                (lease, before),
                cancellationToken
            );
            if (!isHeld)
            {
                var log = StoredLog.CheckHeld(await FindAsync(lease.Log, cancellationToken), lease);
                throw new ArgumentOutOfRangeException(
                    nameof(before),
                    before,
                    $"Entries are published in front of {log.Extent.Published}."
                );
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckLog(log);
        AccessLogPaths.CheckResource(path);
        var content = await Pool.ReadAsync(ResourceStatements.GetAsync, (log, path), cancellationToken);

        // A bare null would become an empty memory, which is another thing.
        return content is null ? default(ReadOnlyMemory<byte>?) : content;
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
        var (isHeld, isDone) = await Pool.WriteAsync(
            ResourceStatements.PutAsync,
            (lease, path, content),
            cancellationToken
        );
        if (!isHeld)
        {
            StoredLog.CheckHeld(null, lease);
        }

        if (!isDone)
        {
            await CheckSameAsync(lease.Log, path, content, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken)
    {
        AccessLogPaths.CheckResource(path);
        var (isHeld, isDone) = await Pool.WriteAsync(
            ResourceStatements.DeletePartialsAsync,
            (lease, path),
            cancellationToken
        );
        if (!isHeld)
        {
            StoredLog.CheckHeld(null, lease);
        }

        if (!isDone)
        {
            throw new InvalidOperationException($"{path} is not there: its partial forms are still needed.");
        }
    }

    /// <summary>Waits for what runs and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        var where = _pool.ValueOrNull?.Where;
        await _pool.DisposeAsync();
        if (where is not null)
        {
            PostgresStorageLog.AccessLogsClosed(_logger, where);
        }
    }

    private async Task<DatabasePool> ConnectAsync(CancellationToken cancellationToken)
    {
        var settings = ConnectionSettings.Read(_options);
        await new SchemaMigrator(settings, _options.ShardCount, _logger).RunAsync(cancellationToken);
        var pool = new DatabasePool(settings, Name, MaxConnections, _clock);
        PostgresStorageLog.AccessLogsOpened(_logger, pool.Where);
        return pool;
    }

    private ValueTask<StoredLog?> FindAsync(string log, CancellationToken cancellationToken) =>
        Pool.ReadAsync(TailStatements.FindAsync, log, cancellationToken);

    // A lease may come from before this store was opened.
    private async ValueTask<HeldLog> HeldAsync(AccessLogLease lease, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(lease.Log, out var held) && held.Epoch == lease.Epoch)
        {
            return held;
        }

        var log = StoredLog.CheckHeld(await FindAsync(lease.Log, cancellationToken), lease);
        return _held[lease.Log] = HeldLog.Of(log);
    }

    private async Task CheckSameAsync(
        string log,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        var stored = await GetAsync(log, path, cancellationToken);
        if (stored is not { } bytes || !bytes.Span.SequenceEqual(content.Span))
        {
            throw AccessLogStoredWrongException.Differs(log, path, stored ?? default, content);
        }
    }
}
