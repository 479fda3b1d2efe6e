using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Member"/> between silos.</summary>
[RegisterConverter]
public sealed class MemberConverter() : MessageConverter<Member>(Member.Parser);
