using Orleans.Runtime.Services;

namespace SignalExchange.Clustering.Pulses;

/// <summary>Reaches the other silos' pulse services.</summary>
internal sealed class PulseClient(IServiceProvider services) : GrainServiceClient<IPulseService>(services), IPulses
{
    public IPulseService Of(SiloAddress silo) => GetGrainService(silo);
}
