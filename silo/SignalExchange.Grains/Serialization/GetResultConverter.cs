using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="GetResult"/> between silos.</summary>
[RegisterConverter]
public sealed class GetResultConverter() : MessageConverter<GetResult>(GetResult.Parser);
