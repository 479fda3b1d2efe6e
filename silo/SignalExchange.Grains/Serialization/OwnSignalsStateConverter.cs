using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="OwnSignalsState"/> between silos.</summary>
[RegisterConverter]
public sealed class OwnSignalsStateConverter() : MessageConverter<OwnSignalsState>(OwnSignalsState.Parser);
