using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Approval"/> between silos.</summary>
[RegisterConverter]
public sealed class ApprovalConverter() : MessageConverter<Approval>(Approval.Parser);
