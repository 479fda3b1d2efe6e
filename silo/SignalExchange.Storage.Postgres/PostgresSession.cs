using Microsoft.Extensions.Logging;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Reads;
using SignalExchange.Storage.Postgres.Schema;
using SignalExchange.Storage.Postgres.Writes;

namespace SignalExchange.Storage.Postgres;

/// <summary>All that an open storage holds: the writers and the connections.</summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    private const string WriterName = "SignalExchange writer";
    private const string ReaderName = "SignalExchange";

    private readonly DatabasePool _writers;
    private readonly GroupCommitter _committer;
    private readonly CommitQueue[] _queues;
    private readonly int _shardsPerQueue;
    private readonly ILogger _logger;

    private PostgresSession(
        DatabasePool writers,
        DatabasePool pool,
        PostgresStorageOptions options,
        TimeProvider clock,
        ILogger logger
    )
    {
        (_writers, Pool, _logger) = (writers, pool, logger);
        Size = new(pool, clock);
        _committer = new(writers, new(pool.Where, logger), options.StatementTimeout, clock);
        var count = Math.Min(options.Writers, options.ShardCount);
        _shardsPerQueue = (options.ShardCount + count - 1) / count;
        _queues = [.. Enumerable.Range(0, count).Select(_ => new CommitQueue(_committer, options))];
    }

    /// <summary>Gets the connections for reads and for grain states.</summary>
    public DatabasePool Pool { get; }

    /// <summary>Gets how large the database is.</summary>
    public DatabaseSize Size { get; }

    /// <summary>Gets whether the last group was written.</summary>
    public bool IsWritable => _committer.IsWritable;

    /// <summary>Gets the transactions of shards so far, whatever became of them.</summary>
    public long Transactions => _committer.Transactions;

    /// <summary>Gets the commits that wait.</summary>
    public int Waiting => _queues.Sum(queue => queue.Waiting);

    /// <summary>Brings the tables up to date and starts the writers.</summary>
    public static async Task<PostgresSession> OpenAsync(
        PostgresStorageOptions options,
        TimeProvider clock,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var settings = ConnectionSettings.Read(options);
        var server = await new SchemaMigrator(settings, options.ShardCount, logger).RunAsync(cancellationToken);
        var session = new PostgresSession(
            new(settings, WriterName, options.Writers, clock),
            new(settings, ReaderName, options.MaxReaders, clock),
            options,
            clock,
            logger
        );
        PostgresStorageLog.Opened(logger, session.Pool.Where, options.ShardCount, server);
        return session;
    }

    /// <summary>Returns the queue of a shard's commits: each has a range of shards.</summary>
    public CommitQueue QueueOf(Shard shard) => _queues[shard.Number / _shardsPerQueue];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Size.DisposeAsync();
        foreach (var queue in _queues)
        {
            await queue.DisposeAsync();
        }

        await _writers.DisposeAsync();
        await Pool.DisposeAsync();
        PostgresStorageLog.Closed(_logger, Pool.Where, Transactions);
    }
}
