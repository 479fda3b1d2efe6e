using Orleans.Runtime.Services;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Reaches the other silos.</summary>
internal sealed class ForwardClient(IServiceProvider services) : GrainServiceClient<IForwardService>(services)
{
    public IForwardService Of(SiloAddress silo) => GetGrainService(silo);
}
