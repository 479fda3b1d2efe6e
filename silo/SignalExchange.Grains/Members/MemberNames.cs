using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;

namespace SignalExchange.Grains.Members;

/// <summary>Names that no member may take.</summary>
internal static class MemberNames
{
    /// <summary>Whether the name is the consortium's, or could be taken for the pseudonym of another member.</summary>
    public static bool IsReserved(string memberId) =>
        memberId == MemberId.Consortium.Value || memberId.StartsWith(Attributions.Prefix, StringComparison.Ordinal);
}
