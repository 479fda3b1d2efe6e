using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite;

/// <summary>
/// The one writer of the database. Whatever waits when a transaction ends goes into the next one: shards share its fsync, which
/// is what a commit costs. Each write stands behind its own savepoint, so one that is stale fails alone.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly Channel<QueuedWrite> _queue;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;
    private readonly int _maxWritesPerTransaction;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private long _transactions;

    public SqliteWriter(SqliteConnection connection, SqliteStorageOptions options, ILogger logger)
    {
        _connection = connection;
        _statements = new SqliteStatements(connection);
        _maxWritesPerTransaction = options.MaxWritesPerTransaction;
        _logger = logger;
        _queue = Channel.CreateBounded<QueuedWrite>(
            new BoundedChannelOptions(options.MaxQueuedWrites)
            {
                SingleReader = true,
                FullMode = BoundedChannelFullMode.Wait,
            }
        );

        // A thread of its own: SQLite's calls block, and must not take one of the pool's for the life of the process.
        _loop = Task.Factory.StartNew(
            RunAll,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    /// <summary>Gets how many transactions were committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Queues a write.</summary>
    /// <exception cref="WriteQueueFullException">Too many wait.</exception>
    public Task<T> Write<T>(
        Func<SqliteStatements, (T Result, bool HasChanged)> run,
        CancellationToken cancellationToken
    )
    {
        var write = new QueuedWriteOf<T>(run, cancellationToken);
        return _queue.Writer.TryWrite(write) ? write.Done : throw RefusedWrite();
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _statements.Dispose();
        await _connection.DisposeAsync();
    }

    private Exception RefusedWrite() =>
        _queue.Reader.Completion.IsCompleted
            ? new StorageUnavailableException("The storage is closed.")
            : new WriteQueueFullException();

    private void RunAll()
    {
        var group = new List<QueuedWrite>(_maxWritesPerTransaction);

        // The thread is the writer's own, so waiting here blocks nobody.
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < _maxWritesPerTransaction && _queue.Reader.TryRead(out var next))
            {
                Take(next, group);
            }

            RunGroup(group);
            group.Clear();
        }
    }

    private static void Take(QueuedWrite write, List<QueuedWrite> group)
    {
        if (write.IsCancelled)
        {
            write.Cancel();
        }
        else
        {
            group.Add(write);
        }
    }

    private void RunGroup(List<QueuedWrite> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            RunStatements(group);
        }
        catch (Exception failure)
        {
            // Nothing of the transaction is there: its COMMIT was not reached.
            Rollback();
            FailAll(group, Unavailable(failure));
            return;
        }

        Commit(group);
    }

    private void RunStatements(List<QueuedWrite> group)
    {
        _statements.Begin();
        foreach (var write in group)
        {
            _statements.Mark();
            if (write.Run(_statements))
            {
                _statements.Keep();
            }
            else
            {
                _statements.Undo();
            }
        }
    }

    private void Commit(List<QueuedWrite> group)
    {
        try
        {
            _statements.Commit();
        }
        catch (Exception failure)
        {
            FailAll(group, Rollback() ? Unavailable(failure) : Unknown(failure));
            return;
        }

        Interlocked.Increment(ref _transactions);
        group.ForEach(write => write.Complete());
    }

    /// <summary>Rolls back what is open.</summary>
    /// <returns>Whether the connection stands outside a transaction now, with nothing written.</returns>
    private bool Rollback()
    {
        try
        {
            // After SQLITE_FULL or SQLITE_IOERR the database may have rolled back by itself; then there is nothing to do.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            {
                _statements.Rollback();
                return true;
            }

            return false;
        }
        catch (SqliteException failure)
        {
            SqliteStorageLog.RollbackFailed(_logger, failure);
            return false;
        }
    }

    private StorageUnavailableException Unavailable(Exception failure)
    {
        SqliteStorageLog.WriteFailed(_logger, failure);
        return new("The database cannot write: the disk is full, read-only or failing. Nothing was written.", failure);
    }

    private CommitUnknownException Unknown(Exception failure)
    {
        SqliteStorageLog.WriteFailed(_logger, failure);
        return new("The database's commit failed in a way that leaves its outcome open.", failure);
    }

    private static void FailAll(List<QueuedWrite> group, Exception failure) =>
        group.ForEach(write => write.Fail(failure));
}
