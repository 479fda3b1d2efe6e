using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="KeyRotationOrder"/> between silos.</summary>
[RegisterConverter]
public sealed class KeyRotationOrderConverter() : MessageConverter<KeyRotationOrder>(KeyRotationOrder.Parser);
