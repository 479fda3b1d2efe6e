using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="WithdrawResult"/> between silos.</summary>
[RegisterConverter]
public sealed class WithdrawResultConverter() : MessageConverter<WithdrawResult>(WithdrawResult.Parser);
