namespace SignalExchange.Tokens.Canonical.Phones;

/// <summary>Links that carry a telephone number (RFC 3966, RFC 5724).</summary>
internal static class TelUri
{
    private const string Context = ";phone-context=";

    private static readonly string[] Schemes = ["tel:", "sms:", "smsto:", "callto:"];

    /// <summary>Returns the number of a link, with the country code of its context; any other text as it is.</summary>
    /// <param name="text">Text in lower case.</param>
    public static string Read(string text)
    {
        var scheme = Schemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.Ordinal));
        if (scheme is null)
        {
            return text;
        }

        var link = text[scheme.Length..].Split('?')[0];
        var number = RawText.Trim(link.Split(';')[0]);
        var context = ContextOf(link);

        // RFC 3966 5.1.5: a context that begins with + is the number's missing beginning; a domain says nothing.
        return number.StartsWith('+') || !context.StartsWith('+') ? number : context + number;
    }

    private static string ContextOf(string link)
    {
        var at = link.IndexOf(Context, StringComparison.Ordinal);
        return at < 0 ? "" : link[(at + Context.Length)..].Split(';')[0];
    }
}
