using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Web;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Web addresses: <c>host[:port]/path[?query][#route]</c>, what two links to one page have in common.</summary>
/// <remarks>
/// The scheme is left out: http and https are one, and so are ports 80 and 443. The host loses <c>www.</c>, the path its
/// last slash, the query its tracking parameters and its order (<see cref="WebQuery"/>), and the fragment goes unless it is
/// a route (<see cref="WebFragment"/>). Case stays in path and query. Invitations are refused here, so that one does not
/// become two indicators; so are credentials, which say more than the address.
/// </remarks>
internal static class UrlCanonicalForm
{
    /// <summary>Returns the address's identifier.</summary>
    public static IdentifierResult Make(string raw)
    {
        var problem = WebAddress.Read(raw, out var address);
        if (problem is CanonicalProblem.None && InviteLinks.TryFind(address, out _))
        {
            problem = CanonicalProblem.UrlIsInvite;
        }

        return problem is CanonicalProblem.None
            ? IdentifierResult.Accept(IndicatorType.Url, Encoding.ASCII.GetBytes(Write(address)))
            : IdentifierResult.Refuse(problem);
    }

    private static string Write(WebAddress address) =>
        address.Host
        + address.Port
        + WebPath.Normalize(address.Path)
        + WebQuery.Normalize(address.Query)
        + WebFragment.Normalize(address.Fragment);
}
