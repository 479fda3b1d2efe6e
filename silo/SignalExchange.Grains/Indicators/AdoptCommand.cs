namespace SignalExchange.Grains.Indicators;

/// <summary>Brings signals over from an indicator's name under another key, as they are.</summary>
/// <param name="KeyId">The key of the name that they come to.</param>
/// <param name="SealedElement">The element under that key, sealed.</param>
/// <param name="Part">The signals and what is remembered of their submissions: an <see cref="StoredV1.IndicatorPart"/> in protobuf encoding.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.adopt")]
public sealed record AdoptCommand(
    [property: Id(0)] string KeyId,
    [property: Id(1)] byte[] SealedElement,
    [property: Id(2)] byte[] Part
);
