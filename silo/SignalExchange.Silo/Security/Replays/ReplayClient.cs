using Orleans.Runtime.Services;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>Reaches the silos that are responsible for tokens.</summary>
internal sealed class ReplayClient(IServiceProvider services) : GrainServiceClient<IReplayService>(services)
{
    public IReplayService Of(SiloAddress silo) => GetGrainService(silo);
}
