using Microsoft.Extensions.Logging;

namespace SignalExchange.Clustering.Pulses;

/// <summary>Answers other silos' pulses.</summary>
internal sealed class PulseService(
    GrainId id,
    global::Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    HeardVersion heard,
    ClusterView view
) : GrainService(id, silo, loggers), IPulseService
{
    public Task<long> Compare(long callersVersion) =>
        Task.FromResult(heard.Newest(Math.Max(callersVersion, view.Current.Version)));
}
