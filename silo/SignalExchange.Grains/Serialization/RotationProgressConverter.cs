using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="RotationProgress"/> between silos.</summary>
[RegisterConverter]
public sealed class RotationProgressConverter() : MessageConverter<RotationProgress>(RotationProgress.Parser);
