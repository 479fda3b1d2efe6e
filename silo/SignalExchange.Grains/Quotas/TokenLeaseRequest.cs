namespace SignalExchange.Grains.Quotas;

/// <summary>A <see cref="LeaseRequest"/> on a member's distinct tokens, with what the silo has seen of them.</summary>
/// <param name="Lease">The request; what is unused is worked out from the sketch.</param>
/// <param name="Day">The day of the sketches; another than the grain's is not merged, since its key is another.</param>
/// <param name="Sketch">The tokens' sketch; empty for none.</param>
/// <param name="Hits">The hits' sketch; empty for none.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.token-lease-request")]
public sealed record TokenLeaseRequest(
    [property: Id(0)] LeaseRequest Lease,
    [property: Id(1)] long Day,
    [property: Id(2)] byte[] Sketch,
    [property: Id(3)] byte[] Hits
);
