namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>Fragments are places in a page and dropped, unless they are the page itself.</summary>
internal static class WebFragment
{
    /// <summary>Returns the fragment with its number sign if it is a route; empty if not.</summary>
    /// <remarks>
    /// A fragment that begins with a slash, an exclamation mark or one letter and an exclamation mark is a route within an
    /// app or a file's address: without it every file at <c>mega.nz/#!...</c> would be one indicator.
    /// </remarks>
    public static string Normalize(string fragment)
    {
        var route = PercentEncoding.Normalize(fragment).TrimEnd('/');
        return IsRoute(route) ? "#" + route : "";
    }

    private static bool IsRoute(string fragment) =>
        fragment is ['/', _, ..] or ['!', _, ..] || (fragment is [_, '!', _, ..] && char.IsAsciiLetter(fragment[0]));
}
