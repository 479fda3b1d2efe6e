using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="LogChange"/> between silos.</summary>
[RegisterConverter]
public sealed class LogChangeConverter() : MessageConverter<LogChange>(LogChange.Parser);
