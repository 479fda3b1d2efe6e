using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="MemberUse"/> between silos.</summary>
[RegisterConverter]
public sealed class MemberUseConverter() : MessageConverter<MemberUse>(MemberUse.Parser);
