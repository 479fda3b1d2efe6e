using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="IndicatorState"/> between silos: with an indicator that moves.</summary>
[RegisterConverter]
public sealed class IndicatorStateConverter() : MessageConverter<IndicatorState>(IndicatorState.Parser);
