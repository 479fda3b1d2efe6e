using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Signals;

/// <summary>Does something to an indicator, again when its write met another writer's.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class ConflictRetries(TimeProvider clock)
{
    /// <summary>How often an item is tried again when another writer took over in the middle.</summary>
    private const int MaxRetries = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Does it.</summary>
    /// <param name="act">What to do.</param>
    /// <param name="errorOf">Returns why it was refused; null if it was not.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<T> Run<T>(Func<Task<T>> act, Func<T, ItemError?> errorOf, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await act();
            if (errorOf(result)?.Reason != ErrorReason.WriteConflict || attempt == MaxRetries)
            {
                return result;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
