namespace SignalExchange.Storage.Azure.States;

/// <summary>Which state of which grain, and where it lies.</summary>
internal sealed record StateKey(string StateName, string GrainId, string Partition, string Row)
{
    /// <summary>Makes the key.</summary>
    /// <exception cref="ArgumentException">The name or the id can't be one.</exception>
    public static StateKey Of(string serviceId, string stateName, string grainId) =>
        new(stateName, grainId, StateKeys.Partition(serviceId, grainId), StateKeys.Row(stateName));
}
