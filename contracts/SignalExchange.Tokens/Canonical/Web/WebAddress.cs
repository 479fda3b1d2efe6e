namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>The parts of a web address: the host in its one spelling, the rest as it was written.</summary>
/// <param name="Host">The host, from <see cref="WebHost"/>.</param>
/// <param name="Port">The port with its colon; empty for 80 and 443.</param>
/// <param name="Path">The path with its first slash; empty if there is none.</param>
/// <param name="Query">What follows the question mark.</param>
/// <param name="Fragment">What follows the number sign.</param>
internal sealed record WebAddress(string Host, string Port, string Path, string Query, string Fragment)
{
    /// <summary>The longest text that is looked at.</summary>
    public const int MaxLength = 4096;

    private const int MaxPort = 65535;

    /// <summary>Reads an address.</summary>
    /// <param name="raw">The text as it came.</param>
    /// <param name="address">The parts; meaningless if something is wrong.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string raw, out WebAddress address)
    {
        address = new("", "", "", "", "");
        var problem = RawText.Read(raw, MaxLength, out var text);
        if (problem is CanonicalProblem.None)
        {
            problem = text.Any(char.IsWhiteSpace) ? CanonicalProblem.UrlMalformed : WebScheme.Remove(text, out text);
        }

        return problem is CanonicalProblem.None ? ReadParts(text, out address) : problem;
    }

    private static CanonicalProblem ReadParts(string text, out WebAddress address)
    {
        (text, var fragment) = Cut(text, '#');
        (text, var query) = Cut(text, '?');

        // Browsers read a backslash as a slash, so whoever writes one means the same address.
        text = text.Replace('\\', '/');
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (authority, path) = slash < 0 ? (text, "") : (text[..slash], text[slash..]);
        address = new("", "", path, query, fragment);
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            return CanonicalProblem.UrlHasCredentials;
        }

        if (!TrySplitPort(authority, out var host, out var port))
        {
            return CanonicalProblem.UrlMalformed;
        }

        var problem = WebHost.Read(host, out host);
        address = address with { Host = host, Port = port };
        return problem;
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static bool TrySplitPort(string authority, out string host, out string port)
    {
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        host = hasPort ? authority[..colon] : authority;
        var digits = hasPort ? authority[(colon + 1)..].TrimStart('0') : "";
        port = digits is "" or "80" or "443" ? "" : ":" + digits;
        return digits.Length <= 5
            && digits.All(char.IsAsciiDigit)
            && (digits.Length < 5 || string.CompareOrdinal(digits, $"{MaxPort}") <= 0);
    }
}
