using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>The guard of an exchange of several silos: each token is one silo's to remember, and that one is asked.</summary>
/// <remarks>Safe from any thread. One call to another silo for most calls of members; calls at the same time share one.</remarks>
internal sealed class ClusterReplayGuard(
    OwnedReplays owned,
    ReplayClient silos,
    ClusterView view,
    IOptions<StandingOptions> options,
    TimeProvider clock,
    ILogger<ClusterReplayGuard> logger
) : BackgroundService, IReplayGuard
{
    private readonly ConcurrentDictionary<SiloAddress, ReplayLine> _lines = new();

    public bool IsReady => owned.HasBegun;

    public ValueTask<ErrorReason> Use(TokenUse use)
    {
        var shape = view.Current;
        var owner = shape.OwnersOf(ReplaySlots.Count)[ReplaySlots.SlotOf(use)];
        return owner.Equals(shape.Local) ? new(owned.Use(use)) : _lines.GetOrAdd(owner, NewLine).Use(use);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        view.Follow(Follow, clock, logger, stoppingToken);

    private void Follow(ClusterShape shape)
    {
        owned.Follow();
        foreach (var gone in _lines.Keys.Except(shape.Others))
        {
            _lines.TryRemove(gone, out _);
        }
    }

    // An answer that comes later than the one who gave it may rely on what it knew counts for nothing.
    private ReplayLine NewLine(SiloAddress silo) => new(silos.Of(silo), options.Value.StandingLimit / 2, clock, logger);
}
