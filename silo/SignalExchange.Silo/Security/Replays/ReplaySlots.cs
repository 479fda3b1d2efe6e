using SignalExchange.Clustering;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>Which tokens this silo is responsible for, and since when: one issued earlier may have been used with the silo before it.</summary>
/// <remarks>
/// Tokens fall into slots by their names, and rendezvous hashing gives each slot to a silo. A silo that takes a slot over accepts in it
/// what is issued after <c>now + lease</c>: by then the one before it has either seen the same membership, or has none that it may
/// rely on (<see cref="ClusterStanding"/>). One thread follows at a time; any reads.
/// </remarks>
internal sealed class ReplaySlots(TimeSpan lease)
{
    /// <summary>The number of slots: enough to share them evenly among a hundred silos.</summary>
    public const int Count = 1024;

    private readonly long[] _sinceSeconds = [.. Enumerable.Repeat(long.MaxValue, Count)];
    private ClusterShape? _shape;

    /// <summary>Gets from when on tokens are accepted in the slot that was taken over last, Unix seconds; null before the first.</summary>
    public long? NewestSinceSeconds { get; private set; }

    /// <summary>Returns the slot of a token.</summary>
    public static int SlotOf(TokenUse use) => (int)(use.Name >> 118);

    /// <summary>Returns from when on a slot's tokens must be issued, Unix seconds; the end of time, while it is another silo's.</summary>
    public ref readonly long Since(int slot) => ref _sinceSeconds[slot];

    /// <summary>Follows the membership.</summary>
    /// <param name="shape">The cluster now; what is not newer than the last is passed over.</param>
    /// <param name="now">The time.</param>
    public void Follow(ClusterShape shape, DateTimeOffset now)
    {
        if (_shape is not null && shape.Version <= _shape.Version)
        {
            return;
        }

        var missed = _shape is null || HasMissedSome(_shape, shape);
        // A token's "iat" counts whole seconds: the first whole one after the lease.
        var since = (now + lease).ToUnixTimeSeconds() + 1;
        for (var slot = 0; slot < Count; slot++)
        {
            if (!IsOwner(shape, slot))
            {
                _sinceSeconds[slot] = long.MaxValue;
            }
            else if (missed || !IsOwner(_shape!, slot))
            {
                NewestSinceSeconds = _sinceSeconds[slot] = since;
            }
        }

        _shape = shape;
    }

    // Between the two, somebody may have come, been responsible for a slot of this silo's, and gone. Others cannot: who is there
    // now would be responsible still, and who was there before would have been then.
    private static bool HasMissedSome(ClusterShape before, ClusterShape now) =>
        now.Gone.Any(silo => !before.Gone.Contains(silo) && !before.Active.Contains(silo));

    private static bool IsOwner(ClusterShape shape, int slot) =>
        shape.IsLocalActive && shape.OwnersOf(Count)[slot].Equals(shape.Local);
}
