using Orleans.Services;

namespace SignalExchange.Clustering.Pulses;

/// <summary>What silos ask each other about the membership. One on every silo. The runtime finds it by its full name: never rename it.</summary>
[Alias("signalexchange.pulse")]
public interface IPulseService : IGrainService
{
    /// <summary>Returns the newest version of the membership that this silo has heard of, that of the caller included.</summary>
    /// <param name="callersVersion">The caller's.</param>
    [Alias("Compare")]
    Task<long> Compare(long callersVersion);
}
