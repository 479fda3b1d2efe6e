using System.Diagnostics;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>How a writer waits for a shard that a backup holds: see <see cref="ShardHolds"/>.</summary>
/// <remarks>Safe from any thread. Who holds all shards and is gone is waited for once, and not once for each of them.</remarks>
internal sealed class LiftWait(ShardReader reader)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private long _gaveUp = long.MinValue;

    /// <summary>Waits until a shard's head is not held, or for <see cref="ShardHolds.Patience"/>.</summary>
    /// <returns>The head.</returns>
    public async Task<ShardHead> UntilLiftedAsync(Shard shard)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var head = await reader.HeadAsync(shard, CancellationToken.None);
            if (!head.IsHeld || HasGivenUpLately())
            {
                return head;
            }

            if (Stopwatch.GetElapsedTime(begun) >= ShardHolds.Patience)
            {
                Volatile.Write(ref _gaveUp, Stopwatch.GetTimestamp());
                return head;
            }

            await Task.Delay(Pause);
        }
    }

    private bool HasGivenUpLately() =>
        Volatile.Read(ref _gaveUp) is var then
        && then != long.MinValue
        && Stopwatch.GetElapsedTime(then) < ShardHolds.Patience;
}
