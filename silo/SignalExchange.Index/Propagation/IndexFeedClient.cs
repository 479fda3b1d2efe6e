using Orleans.Runtime.Services;

namespace SignalExchange.Index.Propagation;

/// <summary>Reaches the other silos' feeds.</summary>
internal sealed class IndexFeedClient(IServiceProvider services)
    : GrainServiceClient<IIndexFeedService>(services),
        IIndexFeeds
{
    public IIndexFeedService Of(SiloAddress silo) => GetGrainService(silo);
}
