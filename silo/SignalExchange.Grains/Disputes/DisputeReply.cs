using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Disputes;

/// <summary>The book's answer.</summary>
/// <param name="Error">Why not; null when it was done, now or before.</param>
/// <param name="Dispute">The dispute as it is now, with both members; null with an error.</param>
/// <param name="Token">The indicator, 32 bytes; null with an error.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.dispute-reply")]
public sealed record DisputeReply(
    [property: Id(0)] ItemError? Error,
    [property: Id(1)] Dispute? Dispute = null,
    [property: Id(2)] byte[]? Token = null
);
