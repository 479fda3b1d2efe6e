using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="SignalStatement"/> between silos.</summary>
[RegisterConverter]
public sealed class SignalStatementConverter() : MessageConverter<SignalStatement>(SignalStatement.Parser);
