namespace SignalExchange.Storage.Azure.Requests;

/// <summary>Lets so many writes run at a time, so many wait, and refuses more.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class WriteGate(int maxRunning, int maxWaiting) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(maxRunning);
    private int _waiting;

    /// <summary>Gets the writes that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Runs a write when its turn comes.</summary>
    /// <param name="write">The write; once it has begun, its outcome is awaited.</param>
    /// <param name="cancellationToken">Ends the wait for the turn.</param>
    /// <exception cref="WriteQueueFullException">Too many wait.</exception>
    public async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await EnterAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits until no write runs.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < maxRunning; i++)
        {
            await _free.WaitAsync();
        }
    }

    private async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        if (await _free.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > maxWaiting)
            {
                throw new WriteQueueFullException(
                    $"{maxWaiting} writes wait for Azure Storage already. Try again later."
                );
            }

            await _free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
