using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="RegistryAct"/> between silos.</summary>
[RegisterConverter]
public sealed class RegistryActConverter() : MessageConverter<RegistryAct>(RegistryAct.Parser);
