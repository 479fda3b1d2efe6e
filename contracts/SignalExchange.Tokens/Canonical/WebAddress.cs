using System.Net;
using System.Text.RegularExpressions;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Reads what people paste as a web address.</summary>
internal static class WebAddress
{
    private const int MaxLength = 2048;

    private static readonly Regex Scheme = new(
        @"\A[a-z][a-z0-9+.-]*://",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    /// <summary>Reads an http or https address of a public host.</summary>
    /// <param name="raw">The text; without a scheme, https is meant.</param>
    /// <param name="uri">The address.</param>
    /// <param name="host">The host as A-labels in lower case, or an IP address.</param>
    /// <returns>What is wrong.</returns>
    public static CanonicalProblem TryRead(string raw, out Uri uri, out string host)
    {
        uri = null!;
        host = "";
        var problem = CanonicalText.Clean(raw, MaxLength, out var text);
        if (problem != CanonicalProblem.None)
        {
            return problem;
        }

        if (!Uri.TryCreate(Scheme.IsMatch(text) ? text : "https://" + text, UriKind.Absolute, out uri!))
        {
            return CanonicalProblem.Malformed;
        }

        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            return CanonicalProblem.KindUnknown;
        }

        return uri.UserInfo.Length > 0 ? CanonicalProblem.CredentialsInside : CheckHost(uri, out host);
    }

    private static CanonicalProblem CheckHost(Uri uri, out string host)
    {
        host = "";
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
        {
            host = address.ToString();
            return IsPublic(address) ? CanonicalProblem.None : CanonicalProblem.NotPublic;
        }

        if (uri.IsLoopback || !uri.Host.Contains('.', StringComparison.Ordinal))
        {
            return CanonicalProblem.NotPublic;
        }

        return DomainName.TryCanonicalize(uri.IdnHost, out host)
            ? CanonicalProblem.None
            : CanonicalProblem.DomainInvalid;
    }

    // RFC 1918, RFC 3927, RFC 4193, RFC 6598 and loopback.
    private static bool IsPublic(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return !IPAddress.IsLoopback(address)
            && (
                bytes.Length == 4
                    ? bytes
                        is not (
                            [0, ..]
                            or [10, ..]
                            or [192, 168, ..]
                            or [169, 254, ..]
                            or [172, >= 16 and <= 31, ..]
                            or [100, >= 64 and <= 127, ..]
                        )
                    : !address.IsIPv6LinkLocal
                        && !address.IsIPv6UniqueLocal
                        && !address.IsIPv6SiteLocal
                        && !address.Equals(IPAddress.IPv6Any)
            );
    }
}
