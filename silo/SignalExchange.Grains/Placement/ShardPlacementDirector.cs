using Orleans.Runtime.Placement;
using SignalExchange.Clustering;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>Places grains by <see cref="ShardPlacement"/>.</summary>
internal sealed class ShardPlacementDirector(ShardMap shards) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    ) =>
        Task.FromResult(
            Rendezvous.OwnerOf(
                ShardOfGrain.Find(target.GrainIdentity, shards).Number,
                context.GetCompatibleSilos(target)
            )
        );
}
