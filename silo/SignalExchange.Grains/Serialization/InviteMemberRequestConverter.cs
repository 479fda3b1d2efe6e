using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="InviteMemberRequest"/> between silos.</summary>
[RegisterConverter]
public sealed class InviteMemberRequestConverter() : MessageConverter<InviteMemberRequest>(InviteMemberRequest.Parser);
