using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Storage;

/// <summary>Replaces a grain's state by the next one: what is not stored is not in memory either.</summary>
/// <remarks>
/// Otherwise a retry would find in memory what nobody wrote, and be told that it was done. Not every failure is a
/// <see cref="StateWriteException"/>: the runtime has its own for a grain that the write goes through and that can't be activated.
/// </remarks>
internal static class StateWrites
{
    /// <summary>Replaces the state.</summary>
    /// <param name="storage">The state.</param>
    /// <param name="next">The next one.</param>
    /// <param name="startAnew">Called when the stored state may be another than the one in memory before: ends the activation.</param>
    /// <exception cref="StateWriteException">It was not written.</exception>
    public static async Task Replace<T>(this IPersistentState<T> storage, T next, Action startAnew)
    {
        var before = storage.State;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            storage.State = before;
            if (failure is not StateWriteException { LeavesStateUnknown: false })
            {
                startAnew();
            }

            throw;
        }
    }

    /// <summary>Replaces the state.</summary>
    /// <returns>Why it was not written; null when it was.</returns>
    /// <inheritdoc cref="Replace"/>
    public static async Task<ErrorReason?> TryReplace<T>(this IPersistentState<T> storage, T next, Action startAnew)
    {
        try
        {
            await storage.Replace(next, startAnew);
            return null;
        }
        catch (StateWriteException failure)
        {
            return failure.Reason;
        }
    }
}
