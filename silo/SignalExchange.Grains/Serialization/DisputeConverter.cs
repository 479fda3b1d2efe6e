using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Dispute"/> between silos.</summary>
[RegisterConverter]
public sealed class DisputeConverter() : MessageConverter<Dispute>(Dispute.Parser);
