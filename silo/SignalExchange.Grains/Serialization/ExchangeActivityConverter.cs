using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="ExchangeActivity"/> between silos.</summary>
[RegisterConverter]
public sealed class ExchangeActivityConverter() : MessageConverter<ExchangeActivity>(ExchangeActivity.Parser);
