using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Group"/> between silos.</summary>
[RegisterConverter]
public sealed class GroupConverter() : MessageConverter<Group>(Group.Parser);
