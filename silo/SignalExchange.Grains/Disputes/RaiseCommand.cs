using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Disputes;

/// <summary>A member disputes another's signal.</summary>
/// <param name="DisputeId">The id of a new dispute, 16 bytes.</param>
/// <param name="Member">Who.</param>
/// <param name="SignalId">Which signal, 16 bytes.</param>
/// <param name="Signal">What is known of it.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.dispute-raise")]
public sealed record RaiseCommand(
    [property: Id(0)] byte[] DisputeId,
    [property: Id(1)] string Member,
    [property: Id(2)] byte[] SignalId,
    [property: Id(3)] DisputedSignal Signal,
    [property: Id(4)] DisputeReason Reason
);
