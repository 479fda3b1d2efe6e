using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;

namespace SignalExchange.Grains.Indicators;

/// <summary>What a member states about an indicator, its form and rules checked already.</summary>
/// <param name="Caller">Who states it.</param>
/// <param name="SubmissionId">The client's id of the submission, 16 bytes.</param>
/// <param name="Type">The kind of identifier, from the key.</param>
/// <param name="KeyId">The VOPRF key of the token.</param>
/// <param name="SealedElement">The evaluated element, sealed.</param>
/// <param name="Statement">What is stated; not changed by anybody any more.</param>
/// <param name="AsOf">The sequence of the indicator's shard that the decision must know of.</param>
/// <param name="Standing">What disputes left on the caller's signal that comes back, as the indicator asks their book; null for any other.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.submit")]
public sealed record SubmitCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] byte[] SubmissionId,
    [property: Id(2)] IndicatorType Type,
    [property: Id(3)] string KeyId,
    [property: Id(4)] byte[] SealedElement,
    [property: Id(5)] SignalStatement Statement,
    [property: Id(6)] long AsOf = 0,
    [property: Id(7)] DisputeMark? Standing = null
);
