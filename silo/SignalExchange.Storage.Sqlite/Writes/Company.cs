using System.Collections.Concurrent;
using System.Diagnostics;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>Whom the next group may expect: the callers of the last one, and those who came while it ran.</summary>
/// <param name="Callers">How many.</param>
/// <param name="LastTransaction">How long the last group took.</param>
/// <remarks>
/// A caller that has just been told comes back a moment later. A group that leaves without it splits the callers into two
/// halves, and each then waits for the other's transaction: with 64 callers and a disk that takes 3 ms to sync, 5,100
/// commits a second instead of 7,200. So a group waits for those it may expect: a quarter of a transaction at most, a
/// millisecond at most, and never for a caller that is alone.
/// </remarks>
internal readonly record struct Company(int Callers, TimeSpan LastTransaction)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits for the callers to queue their next writes.</summary>
    /// <param name="queue">The queue; the first of the group has been taken from it.</param>
    public void Await(BlockingCollection<PendingWrite> queue)
    {
        var patience = Math.Min(LastTransaction.Ticks / 4, MaxWait.Ticks);
        var begun = Stopwatch.GetTimestamp();
        while (queue.Count + 1 < Callers && Stopwatch.GetElapsedTime(begun).Ticks < patience)
        {
            // A timed wait takes a millisecond at least.
            Thread.Yield();
        }
    }
}
