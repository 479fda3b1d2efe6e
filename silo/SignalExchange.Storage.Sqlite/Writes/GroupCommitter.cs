using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage.Sqlite.Files;
using SQLitePCL;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>Runs groups of writes, a transaction each. Used by one thread at a time.</summary>
/// <remarks>
/// Keeps nothing of a failed transaction, not even its connection where that is in doubt: the first group after the disk
/// has room again goes through.
/// </remarks>
internal sealed class GroupCommitter(DataFolder folder, long? maxDatabaseBytes, ILogger logger) : IDisposable
{
    private readonly WritingHealth _health = new(folder.Path, logger);
    private WriterConnection? _connection;
    private long _transactions;

    /// <summary>Gets the transactions so far, whatever became of them.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Gets whether the last group was written.</summary>
    public bool IsWritable => _health.IsWritable;

    /// <summary>Opens the connection, which finishes the recovery of a crash.</summary>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public WriterConnection Connect() => _connection ??= WriterConnection.Open(folder.DatabaseFile, maxDatabaseBytes);

    /// <summary>Runs the writes and tells their callers; throws nothing.</summary>
    /// <param name="group">The writes, claimed, in order.</param>
    /// <remarks>
    /// 1. All together. 2. Should one be refused halfway or fail: all over again, each as a savepoint, so that this one is
    /// taken back alone. Few groups need savepoints, and they cost a seventh of the processor time. 3. COMMIT, which waits
    /// for the disk. 4. Tell the callers.
    /// </remarks>
    public void Run(IReadOnlyList<PendingWrite> group)
    {
        var failures = new Dictionary<PendingWrite, Exception>();
        try
        {
            // 1.
            if (!TryRunTogether(group, Begin()))
            {
                // 2.
                TakeBack();
                RunApart(group, Begin(), failures);
            }
        }
        catch (Exception exception)
        {
            Abandon(group, exception, () => AsPortError(exception));
            return;
        }

        Finish(group, failures);
    }

    /// <summary>Empties the write-ahead log and closes the connection.</summary>
    public void Dispose()
    {
        try
        {
            _connection?.Checkpoint();
        }
        catch (SqliteException exception)
        {
            SqliteStorageLog.CheckpointFailed(logger, exception, folder.Path);
        }

        Disconnect();
        SqliteStorageLog.Closed(logger, folder.Path, Transactions);
    }

    private WriterConnection Begin()
    {
        Interlocked.Increment(ref _transactions);
        var connection = Connect();
        connection.Begin();
        return connection;
    }

    private static bool TryRunTogether(IReadOnlyList<PendingWrite> group, WriterConnection connection)
    {
        try
        {
            return group.All(write => write.Run(connection) == WriteEffect.Whole);
        }
        catch (Exception)
        {
            // Whose fault it was shows when each runs by itself.
            return false;
        }
    }

    // Some errors end the whole transaction (https://www.sqlite.org/lang_transaction.html, "Response To Errors"); those
    // are everybody's. The others are the write's own.
    private static void RunApart(
        IReadOnlyList<PendingWrite> group,
        WriterConnection connection,
        Dictionary<PendingWrite, Exception> failures
    )
    {
        foreach (var write in group)
        {
            connection.BeginPart();
            var effect = WriteEffect.Half;
            try
            {
                effect = write.Run(connection);
            }
            catch (Exception exception) when (connection.IsInTransaction)
            {
                failures.Add(write, exception);
            }

            connection.EndPart(keep: effect == WriteEffect.Whole);
        }
    }

    private void Finish(IReadOnlyList<PendingWrite> group, Dictionary<PendingWrite, Exception> failures)
    {
        try
        {
            // 3.
            _connection!.Commit();
        }
        catch (SqliteException exception)
        {
            Abandon(group, exception, () => SqliteErrors.OfCommit(exception, folder.Path));
            return;
        }

        // 4.
        Note(failures);
        foreach (var write in group)
        {
            if (failures.TryGetValue(write, out var exception))
            {
                write.Fail(AsPortError(exception));
            }
            else
            {
                write.Complete();
            }
        }
    }

    // Before any caller is told: who has its answer reads the health that goes with it.
    private void Note(Dictionary<PendingWrite, Exception> failures)
    {
        foreach (var failure in failures.Values)
        {
            _health.NoteFailure(failure);
        }

        if (failures.Count == 0)
        {
            _health.NoteSuccess();
        }
    }

    private void Abandon(IReadOnlyList<PendingWrite> group, Exception cause, Func<Exception> told)
    {
        TakeBack();
        if (group.Count > 1 && cause is SqliteException { SqliteErrorCode: raw.SQLITE_FULL })
        {
            // One was too big for the room that is left; a smaller one, a retraction for instance, may fit.
            foreach (var write in group)
            {
                Run([write]);
            }
        }
        else
        {
            _health.NoteFailure(cause);
            foreach (var write in group)
            {
                write.Fail(told());
            }
        }
    }

    private void TakeBack()
    {
        try
        {
            _connection?.Rollback();
        }
        catch (Exception)
        {
            // A connection that can't roll back is of no more use; closing it takes the transaction back.
            Disconnect();
        }
    }

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private Exception AsPortError(Exception exception) =>
        exception is SqliteException error ? SqliteErrors.Unavailable(error, folder.Path) : exception;
}
