namespace SignalExchange.Grains.Quotas;

/// <summary>A silo closes its lease on a member's allowance and asks for the next.</summary>
/// <param name="Holder">The silo's process: a random name.</param>
/// <param name="Sequence">Grows by one with each request of the holder; the same again is a retry and gets the same answer.</param>
/// <param name="Unused">What is left of the lease that is closed.</param>
/// <param name="Needed">The least that is of use; 0 takes what there is.</param>
/// <param name="IsReturn">Whether to close only.</param>
[GenerateSerializer]
[Alias("signalexchange.lease-request")]
public sealed record LeaseRequest(
    [property: Id(0)] string Holder,
    [property: Id(1)] long Sequence,
    [property: Id(2)] long Unused,
    [property: Id(3)] long Needed,
    [property: Id(4)] bool IsReturn = false
);
