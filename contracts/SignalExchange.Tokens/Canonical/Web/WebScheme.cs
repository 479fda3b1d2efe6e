namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>The scheme of a web address: http and https are one, a missing one is understood, any other is refused.</summary>
internal static class WebScheme
{
    // hxxp is how reports keep a bad link from being clicked.
    private static readonly string[] Known = ["http", "https", "hxxp", "hxxps"];

    /// <summary>Takes the scheme and the slashes behind it off, and undoes <c>example[.]com</c>.</summary>
    /// <returns>What is wrong with the text.</returns>
    public static CanonicalProblem Remove(string text, out string rest)
    {
        text = text.Replace("[.]", ".", StringComparison.Ordinal).Replace("[:]", ":", StringComparison.Ordinal);
        rest = text.TrimStart('/', '\\');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !IsScheme(text[..colon]))
        {
            return BeginsWithHost(rest) ? CanonicalProblem.None : CanonicalProblem.UrlMalformed;
        }

        if (Known.Contains(text[..colon], StringComparer.OrdinalIgnoreCase))
        {
            // Browsers take any number of slashes and backslashes here.
            rest = text[(colon + 1)..].TrimStart('/', '\\');
            return CanonicalProblem.None;
        }

        // "example.com:8080/x" has a host and a port, not the scheme "example.com".
        return BeginsWithHost(rest) ? CanonicalProblem.None : CanonicalProblem.UrlSchemeNotAllowed;
    }

    // Without a scheme, a bare word is no address and a bare number is no host, though browsers read 134744072 as one.
    private static bool BeginsWithHost(string rest)
    {
        var host = rest.Split('/', '\\', '?', '#', ':')[0];
        var dots = host.Count(c => c == '.');
        return rest.StartsWith('[') || dots == 3 || (dots > 0 && !host.All(c => char.IsAsciiDigit(c) || c == '.'));
    }

    // RFC 3986 3.1.
    private static bool IsScheme(string text) =>
        char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
}
