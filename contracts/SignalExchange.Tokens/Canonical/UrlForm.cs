using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Web addresses: host, path and query that lead to the content, without what only tracks.</summary>
/// <remarks>
/// http and https, with and without <c>www.</c>, lead to the same page on all but a few hosts, so the scheme and that label go. Parameters
/// are sorted by name, since servers read them by name. RFC 3986 section 6.2.2 for the rest.
/// </remarks>
internal static class UrlForm
{
    private static readonly FrozenSet<string> Tracking = FrozenSet.ToFrozenSet(
        [
            "fbclid",
            "gclid",
            "dclid",
            "gbraid",
            "wbraid",
            "msclkid",
            "yclid",
            "twclid",
            "ttclid",
            "igshid",
            "igsh",
            "mc_cid",
            "mc_eid",
            "_ga",
            "_gl",
            "si",
            "ref_src",
            "ref_url",
            "spm",
            "vero_id",
            "oly_anon_id",
            "oly_enc_id",
            "_hsenc",
            "_hsmi",
            "mkt_tok",
        ],
        StringComparer.Ordinal
    );

    public static CanonicalForm Make(string raw)
    {
        var problem = WebAddress.TryRead(raw, out var uri, out var host);
        return problem != CanonicalProblem.None
            ? problem
            : CanonicalForm.Of(HostOf(uri, host) + PathOf(uri) + QueryOf(uri));
    }

    private static string HostOf(Uri uri, string host)
    {
        var bare =
            host.StartsWith("www.", StringComparison.Ordinal) && host.Count(letter => letter == '.') > 1
                ? host[4..]
                : host;
        return uri.IsDefaultPort
            ? bare
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bare}:{uri.Port}");
    }

    private static string PathOf(Uri uri) =>
        uri.GetComponents(UriComponents.Path | UriComponents.KeepDelimiter, UriFormat.UriEscaped).TrimEnd('/');

    private static string QueryOf(Uri uri)
    {
        var kept = uri.GetComponents(UriComponents.Query, UriFormat.UriEscaped)
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => !IsTracking(parameter.Split('=')[0].ToLowerInvariant()))
            .Order(StringComparer.Ordinal)
            .ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsTracking(string name) =>
        name.StartsWith("utm_", StringComparison.Ordinal) || Tracking.Contains(name);
}
