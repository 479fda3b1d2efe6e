using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Writes;

/// <summary>Runs groups of commits, a transaction each, and tells their callers. Safe from any thread.</summary>
internal sealed class GroupCommitter(DatabasePool pool, WritingHealth health)
{
    private long _transactions;

    /// <summary>Gets the transactions so far, whatever became of them.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Gets whether the last group was written.</summary>
    public bool IsWritable => health.IsWritable;

    /// <summary>Runs the commits; throws nothing.</summary>
    /// <param name="group">The commits, claimed, at most one a shard.</param>
    /// <remarks>
    /// When the server refuses the transaction for a reason of its own, each commit is tried by itself: one may be too big for
    /// the room that is left, and a smaller one, a retraction for instance, may fit.
    /// </remarks>
    public async Task RunAsync(IReadOnlyList<PendingCommit> group)
    {
        try
        {
            Interlocked.Increment(ref _transactions);
            var outcomes = await pool.WriteAsync(CommitStatements.RunAsync, group, CancellationToken.None);
            health.NoteSuccess();
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Complete(outcomes[i]);
            }
        }
        catch (StorageUnavailableException exception)
            when (group.Count > 1 && PostgresErrors.IsKnownNotWritten(exception.InnerException!))
        {
            foreach (var commit in group)
            {
                await RunAsync([commit]);
            }
        }
        catch (Exception exception)
        {
            health.NoteFailure(exception);
            foreach (var commit in group)
            {
                commit.Fail(Copy(exception));
            }
        }
    }

    // Each caller gets one of its own: an exception that many threads throw at once loses its trace.
    private static Exception Copy(Exception exception) =>
        exception switch
        {
            StorageUnavailableException => new StorageUnavailableException(exception.Message, exception),
            CommitUnknownException => new CommitUnknownException(exception.Message, exception),
            ObjectDisposedException => new ObjectDisposedException("The storage is closed.", exception),
            _ => exception,
        };
}
