using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using SignalExchange.Clustering;

namespace SignalExchange.Index.Propagation;

/// <summary>Hands other silos' commits to those on this silo who hear of commits, and tells where this silo's shards stand.</summary>
internal sealed class IndexFeedService(
    GrainId id,
    global::Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    RemoteRows rows,
    OwnedShards owned,
    ClusterStanding standing
) : GrainService(id, silo, loggers), IIndexFeedService
{
    public Task Deliver(Immutable<CommittedRow[]> delivered)
    {
        rows.Take(delivered.Value);
        return Task.CompletedTask;
    }

    public Task<Immutable<OwnedHead[]>> Heads() => Task.FromResult((standing.Holds ? owned.Heads() : []).AsImmutable());
}
