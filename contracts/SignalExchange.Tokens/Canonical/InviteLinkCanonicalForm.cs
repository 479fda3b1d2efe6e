using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Web;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Invitations to groups and channels: the service's shortest link without a scheme, the code as it is.</summary>
/// <remarks>Only services in <see cref="InviteLinks"/> are known; any other link is an address like all others.</remarks>
internal static class InviteLinkCanonicalForm
{
    /// <summary>Returns the invitation's identifier.</summary>
    public static IdentifierResult Make(string raw)
    {
        var problem = RawText.Read(raw, WebAddress.MaxLength, out var text);
        if (problem is not CanonicalProblem.None)
        {
            return IdentifierResult.Refuse(problem);
        }

        problem = WebAddress.Read(InviteLinks.FromApp(text), out var address);
        if (problem is not CanonicalProblem.None)
        {
            return IdentifierResult.Refuse(problem);
        }

        return InviteLinks.TryFind(address, out var invite)
            ? IdentifierResult.Accept(IndicatorType.InviteLink, Encoding.ASCII.GetBytes(invite))
            : IdentifierResult.Refuse(
                InviteLinks.IsService(address.Host)
                    ? CanonicalProblem.InviteMalformed
                    : CanonicalProblem.InviteServiceUnknown
            );
    }
}
