namespace SignalExchange.Clustering.Pulses;

/// <summary>Reaches the other silos' pulse services.</summary>
internal interface IPulses
{
    /// <summary>Returns a silo's.</summary>
    IPulseService Of(SiloAddress silo);
}
