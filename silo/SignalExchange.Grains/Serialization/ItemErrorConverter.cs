using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="ItemError"/> between silos.</summary>
[RegisterConverter]
public sealed class ItemErrorConverter() : MessageConverter<ItemError>(ItemError.Parser);
