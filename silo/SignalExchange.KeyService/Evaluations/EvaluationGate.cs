namespace SignalExchange.KeyService.Evaluations;

/// <summary>Lets so many evaluations work at once and so many more wait, first come first served; all others are turned away.</summary>
/// <param name="maxConcurrent">How many may work.</param>
/// <param name="maxQueued">How many may wait.</param>
/// <remarks>Safe from any thread.</remarks>
internal sealed class EvaluationGate(int maxConcurrent, int maxQueued) : IDisposable
{
    private readonly SemaphoreSlim _places = new(maxConcurrent);
    private int _waiting;

    /// <summary>Takes a place, at once or after a wait. Who has taken one calls <see cref="Leave"/>.</summary>
    /// <returns>False at once if too many wait already.</returns>
    internal async ValueTask<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(TimeSpan.Zero, cancellationToken))
        {
            return true;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > maxQueued)
            {
                return false;
            }

            await _places.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave() => _places.Release();

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
