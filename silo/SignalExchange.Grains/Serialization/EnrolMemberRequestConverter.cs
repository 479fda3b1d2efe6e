using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="EnrolMemberRequest"/> between silos.</summary>
[RegisterConverter]
public sealed class EnrolMemberRequestConverter() : MessageConverter<EnrolMemberRequest>(EnrolMemberRequest.Parser);
