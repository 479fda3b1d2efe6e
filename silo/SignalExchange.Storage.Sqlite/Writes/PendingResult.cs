namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>A <see cref="PendingWrite"/> whose caller awaits a result.</summary>
internal abstract class PendingResult<TResult> : PendingWrite
{
    // The callers' continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<TResult> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private int _isTaken;
    private TResult? _result;

    /// <summary>Waits for the transaction.</summary>
    /// <param name="cancellationToken">Honoured until the transaction takes the write.</param>
    public async Task<TResult> WaitAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (self, token) => ((PendingResult<TResult>)self!).Cancel(token),
            this
        );
        return await _completion.Task;
    }

    public sealed override bool TryBegin() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public sealed override WriteEffect Run(WriterConnection connection) => Run(connection, out _result);

    public sealed override void Complete() => _completion.SetResult(_result!);

    public sealed override void Fail(Exception exception) => _completion.SetException(exception);

    /// <summary>Runs the write.</summary>
    protected abstract WriteEffect Run(WriterConnection connection, out TResult result);

    private void Cancel(CancellationToken token)
    {
        if (TryBegin())
        {
            _completion.SetCanceled(token);
        }
    }
}
