namespace SignalExchange.Grains.Quotas;

/// <summary>The answer to a <see cref="TokenLeaseRequest"/>.</summary>
/// <param name="Lease">What was granted.</param>
/// <param name="Day">The day of key and sketch.</param>
/// <param name="Key">The day's key, of <see cref="TokenHash.KeySize"/> bytes.</param>
/// <param name="Sketch">The tokens of all silos, as far as they have told.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.token-lease-reply")]
public sealed record TokenLeaseReply(
    [property: Id(0)] LeaseReply Lease,
    [property: Id(1)] long Day,
    [property: Id(2)] byte[] Key,
    [property: Id(3)] byte[] Sketch
);
