using System.Net;
using System.Net.Sockets;
using SignalExchange.Tokens.Canonical.Domains;

namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>The host of a web address: a name as A-labels without <c>www.</c>, or a public IP address.</summary>
internal static class WebHost
{
    private const string Www = "www.";

    /// <summary>Reads a host.</summary>
    /// <param name="text">The host as it was written.</param>
    /// <param name="host">The host in its one spelling.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string text, out string host)
    {
        if (text.StartsWith('['))
        {
            return ReadV6(text, out host);
        }

        if (LooseIPv4.TryParse(text, out var address))
        {
            return Judge(address, out host);
        }

        var problem = DomainName.Read(text, allowUnderscore: true, out host);
        host = WithoutWww(host);

        // A name that ends in a number and is no IPv4 address is nothing at all.
        return problem is CanonicalProblem.HostIsAddress ? CanonicalProblem.HostMalformed : problem;
    }

    private static CanonicalProblem ReadV6(string text, out string host)
    {
        if (
            !text.EndsWith(']')
            || text.Contains('%', StringComparison.Ordinal)
            || !IPAddress.TryParse(text, out var address)
            || address.AddressFamily is not AddressFamily.InterNetworkV6
        )
        {
            host = "";
            return CanonicalProblem.HostMalformed;
        }

        return Judge(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, out host);
    }

    private static CanonicalProblem Judge(IPAddress address, out string host)
    {
        host = address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        return PublicNetwork.Contains(address) ? CanonicalProblem.None : CanonicalProblem.HostNotPublic;
    }

    // Sites answer on both names, and people leave it out. What is left must still be a name with a dot.
    private static string WithoutWww(string host)
    {
        while (host.StartsWith(Www, StringComparison.Ordinal) && host.IndexOf('.', Www.Length) > 0)
        {
            host = host[Www.Length..];
        }

        return host;
    }
}
