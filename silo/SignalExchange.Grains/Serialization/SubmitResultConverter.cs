using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="SubmitResult"/> between silos.</summary>
[RegisterConverter]
public sealed class SubmitResultConverter() : MessageConverter<SubmitResult>(SubmitResult.Parser);
