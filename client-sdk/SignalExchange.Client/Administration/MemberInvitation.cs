using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>An invitation to take part.</summary>
/// <param name="Member">The invited member.</param>
/// <param name="EnrolmentCode">32 bytes, good once; the exchange keeps a digest only, so this is the only time it is shown.</param>
/// <remarks>Immutable; safe from any thread. Whoever holds the code can enrol as the member: hand it over in confidence.</remarks>
public sealed record MemberInvitation(Member Member, ReadOnlyMemory<byte> EnrolmentCode)
{
    /// <summary>Returns <c>invitation:</c> and the member; never the code.</summary>
    public override string ToString() => $"invitation:{Member.MemberId}";
}
