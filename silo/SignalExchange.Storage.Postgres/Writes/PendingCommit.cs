namespace SignalExchange.Storage.Postgres.Writes;

/// <summary>A shard's commit that waits for its turn, then for the transaction that it is part of.</summary>
/// <remarks>Made and awaited by a caller; completed or failed by a writer.</remarks>
internal sealed class PendingCommit(ShardCommit commit)
{
    // The callers' continuations must not run in the writer's loop.
    private readonly TaskCompletionSource<CommitOutcome> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private int _isTaken;

    public ShardCommit Commit => commit;

    /// <summary>Gets the log row's changes, encoded on the caller's thread.</summary>
    public byte[] Changes { get; } = LogRowCodec.Encode(commit.Row.Changes);

    /// <summary>Gets about how many bytes the commit is on the wire.</summary>
    public long Bytes => Changes.Length + commit.Indicators.Sum(write => (long)write.State.Length);

    /// <summary>Waits for the transaction.</summary>
    /// <param name="cancellationToken">Honoured until a transaction takes the commit.</param>
    public async Task<CommitOutcome> WaitAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (self, token) => ((PendingCommit)self!).Cancel(token),
            this
        );
        return await _completion.Task;
    }

    /// <summary>Claims the commit for a transaction; from then on it can't be cancelled.</summary>
    /// <returns>False when it was cancelled before.</returns>
    public bool TryBegin() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void Complete(CommitOutcome outcome) => _completion.SetResult(outcome);

    public void Fail(Exception exception) => _completion.SetException(exception);

    private void Cancel(CancellationToken token)
    {
        if (TryBegin())
        {
            _completion.SetCanceled(token);
        }
    }
}
