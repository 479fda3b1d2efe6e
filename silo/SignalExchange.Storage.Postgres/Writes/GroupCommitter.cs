using Npgsql;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Writes;

/// <summary>Runs groups of commits, a transaction each, and tells their callers. Safe from any thread.</summary>
/// <param name="pool">The writers' connections.</param>
/// <param name="health">Hears how it goes.</param>
/// <param name="patience">How long after a group's first failure parts of it are still tried.</param>
/// <param name="clock">Measures that.</param>
internal sealed class GroupCommitter(DatabasePool pool, WritingHealth health, TimeSpan patience, TimeProvider clock)
{
    private long _transactions;

    /// <summary>Gets the transactions so far, whatever became of them.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Gets whether the last group was written.</summary>
    public bool IsWritable => health.IsWritable;

    /// <summary>Runs the commits; throws nothing. Each gets one outcome.</summary>
    /// <param name="group">The commits, claimed, at most one a shard.</param>
    /// <remarks>
    /// When the server refuses the transaction for a reason of its own, parts of it may go through. (1) Somebody holds heads: those that nobody
    /// holds are tried again, and the others are refused, since each would be waited for anew. (2) Anything else: halves are tried, and halves of
    /// them; one commit may be too big for the room that is left, and a smaller one, a retraction for instance, may fit. (3) What is left when
    /// patience ends is refused: commits of other groups wait for this one.
    /// </remarks>
    public Task RunAsync(IReadOnlyList<PendingCommit> group) => RunAsync(group, failedAt: null);

    private async Task RunAsync(IReadOnlyList<PendingCommit> group, long? failedAt)
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
            await RunPartsAsync(group, exception, failedAt ?? clock.GetTimestamp());
        }
        catch (Exception exception)
        {
            Fail(group, exception);
        }
    }

    private async Task RunPartsAsync(
        IReadOnlyList<PendingCommit> group,
        StorageUnavailableException exception,
        long failedAt
    )
    {
        if (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            await RunFreeAsync(group, exception, failedAt); // 1.
            return;
        }

        foreach (var half in group.Chunk((group.Count + 1) / 2))
        {
            await RunInTimeAsync(half, exception, failedAt); // 2.
        }
    }

    private async Task RunInTimeAsync(
        IReadOnlyList<PendingCommit> part,
        StorageUnavailableException exception,
        long failedAt
    )
    {
        if (clock.GetElapsedTime(failedAt) > patience)
        {
            Fail(part, exception); // 3.
        }
        else
        {
            await RunAsync(part, failedAt);
        }
    }

    private async Task RunFreeAsync(
        IReadOnlyList<PendingCommit> group,
        StorageUnavailableException exception,
        long failedAt
    )
    {
        var free = await FindFreeAsync(group);
        Fail([.. group.Where(commit => !free.Contains(commit.Commit.Row.Shard.Number))], exception);
        if (free.Count > 0)
        {
            PendingCommit[] rest = [.. group.Where(commit => free.Contains(commit.Commit.Row.Shard.Number))];
            await RunInTimeAsync(rest, exception, failedAt);
        }
    }

    private async Task<IReadOnlySet<int>> FindFreeAsync(IReadOnlyList<PendingCommit> group)
    {
        try
        {
            return await pool.ReadAsync(CommitStatements.FindFreeAsync, group, CancellationToken.None);
        }
        // Nothing was written, and nothing more is known.
        catch (Exception exception) when (exception is StorageUnavailableException or ObjectDisposedException)
        {
            return new HashSet<int>();
        }
    }

    private void Fail(IReadOnlyList<PendingCommit> group, Exception exception)
    {
        if (group.Count > 0)
        {
            health.NoteFailure(exception);
        }

        foreach (var commit in group)
        {
            commit.Fail(Copy(exception));
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
