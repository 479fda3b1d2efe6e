using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Policy"/> between silos.</summary>
[RegisterConverter]
public sealed class PolicyConverter() : MessageConverter<Policy>(Policy.Parser);
