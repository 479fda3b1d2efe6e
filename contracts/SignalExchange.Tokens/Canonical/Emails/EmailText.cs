namespace SignalExchange.Tokens.Canonical.Emails;

/// <summary>What stands around an address: a <c>mailto:</c> link, a display name, other addresses.</summary>
internal static class EmailText
{
    private const string Scheme = "mailto:";

    // The sign itself, full-width and small: NFKC makes them one, but the domain must be mapped by its own rules.
    private const string AtSigns = "@＠﹫";

    /// <summary>Finds the two halves of the one address in the text.</summary>
    /// <param name="text">Text of known characters.</param>
    /// <param name="local">What stands before the @.</param>
    /// <param name="domain">What stands behind it.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Split(string text, out string local, out string domain)
    {
        (local, domain) = ("", "");
        if (!TryUnlink(text, out var bare) || !TryUnname(bare, out bare))
        {
            return CanonicalProblem.EmailMalformed;
        }

        if (bare.Contains('"', StringComparison.Ordinal))
        {
            return CanonicalProblem.EmailLocalPartNotAllowed;
        }

        var at = bare.AsSpan().IndexOfAny(AtSigns);
        if (at != bare.AsSpan().LastIndexOfAny(AtSigns))
        {
            return bare.AsSpan().ContainsAny(",; ") ? CanonicalProblem.EmailSeveral : CanonicalProblem.EmailMalformed;
        }

        if (at < 0 || at == bare.Length - 1)
        {
            return CanonicalProblem.EmailMalformed;
        }

        (local, domain) = (bare[..at], bare[(at + 1)..]);
        return domain[0] == '[' ? CanonicalProblem.HostIsAddress : CanonicalProblem.None;
    }

    // RFC 6068: the address is percent-encoded and header fields follow a question mark.
    private static bool TryUnlink(string text, out string address)
    {
        address = text;
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var link = Uri.UnescapeDataString(text[Scheme.Length..].Split('?')[0]);
        return RawText.Read(link, EmailCanonicalForm.MaxLength, out address) is CanonicalProblem.None;
    }

    // "Bob" <bob@example.com>: the name is dropped. A name that is itself an address is a trick, not a name.
    private static bool TryUnname(string text, out string address)
    {
        address = text;
        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0 && !text.Contains('>', StringComparison.Ordinal))
        {
            return true;
        }

        var inner = text[(open + 1)..].TrimEnd('>');
        address = RawText.Trim(inner);
        return open >= 0
            && text.Length - open - 1 - inner.Length == 1
            && !text.AsSpan(0, open).ContainsAny(AtSigns)
            && !inner.AsSpan().ContainsAny('<', '>');
    }
}
