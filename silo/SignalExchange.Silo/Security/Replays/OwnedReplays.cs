using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>Decides about the tokens that this silo is responsible for. Safe from any thread.</summary>
internal sealed class OwnedReplays(
    UsedTokens used,
    ClusterView view,
    ClusterStanding standing,
    IOptions<StandingOptions> options,
    TimeProvider clock
)
{
    private readonly Lock _gate = new();
    private readonly ReplaySlots _slots = new(options.Value.StandingLimit);
    private long _version = long.MinValue;

    /// <summary>Gets whether this silo has taken its slots over, and accepts tokens in them.</summary>
    public bool HasBegun
    {
        get
        {
            lock (_gate)
            {
                return field || (field = _slots.NewestSinceSeconds <= clock.GetUtcNow().ToUnixTimeSeconds());
            }
        }
    }

    /// <summary>Follows the membership; to be called as soon as it changes, so that the time of a takeover is the true one.</summary>
    public void Follow()
    {
        var shape = view.Current;
        if (Interlocked.Read(ref _version) != shape.Version)
        {
            lock (_gate)
            {
                _slots.Follow(shape, clock.GetUtcNow());
                Interlocked.Exchange(ref _version, shape.Version);
            }
        }
    }

    /// <summary>Takes note of a token.</summary>
    /// <returns>As <see cref="IReplayGuard.Use"/>; NOT_READY when this silo cannot vouch for it.</returns>
    public ErrorReason Use(TokenUse use)
    {
        Follow();
        var since = Volatile.Read(in _slots.Since(ReplaySlots.SlotOf(use)));
        if (since == long.MaxValue || !standing.Holds)
        {
            return ErrorReason.NotReady;
        }

        if (use.IssuedSeconds < since)
        {
            return ErrorReason.CredentialsBeforeStart;
        }

        var isFirst = used.TryAdd(use);
        // Looked at again: this process may have been stopped in between, and another silo be responsible since.
        return !standing.Holds ? ErrorReason.NotReady
            : isFirst ? ErrorReason.Unspecified
            : ErrorReason.CredentialsReplayed;
    }
}
