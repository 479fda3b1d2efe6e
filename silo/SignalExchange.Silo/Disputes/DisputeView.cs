using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Disputes;

/// <summary>What of a dispute its two sides are shown.</summary>
internal static class DisputeView
{
    /// <summary>Returns the dispute as a caller may see it; null where it is not the caller's.</summary>
    /// <remarks>
    /// Neither side learns of the other: who shares under a pseudonym stays behind it, and an owner answers the reason, not the member.
    /// </remarks>
    public static Dispute? For(CallerIdentity caller, Dispute dispute)
    {
        if (caller.Role is KeyRole.Operator or KeyRole.Auditor)
        {
            return dispute;
        }

        var member = caller.Caller.Member.Value;
        var shown = dispute.Clone();
        if (dispute.Owner == member)
        {
            shown.RaisedBy = "";
            return shown;
        }

        shown.Owner = "";
        return dispute.RaisedBy == member ? shown : null;
    }
}
