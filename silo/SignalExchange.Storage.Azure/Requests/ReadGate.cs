namespace SignalExchange.Storage.Azure.Requests;

/// <summary>Lets so many reads run at a time; more wait.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class ReadGate(int maxRunning) : IDisposable
{
    private readonly SemaphoreSlim _free = new(maxRunning);

    public void Dispose() => _free.Dispose();

    /// <summary>Runs a read when its turn comes.</summary>
    public async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            _free.Release();
        }
    }
}
