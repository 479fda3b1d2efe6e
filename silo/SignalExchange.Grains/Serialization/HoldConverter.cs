using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Hold"/> between silos.</summary>
[RegisterConverter]
public sealed class HoldConverter() : MessageConverter<Hold>(Hold.Parser);
