namespace SignalExchange.Tokens.Canonical.Domains;

/// <summary>A name in the public DNS, in lower-case ASCII: what two spellings of one host have in common.</summary>
internal static class DomainName
{
    /// <summary>The longest text that is looked at: 253 characters, each spelled with up to four.</summary>
    private const int MaxTextLength = 1024;

    // RFC 1035 2.3.4: 255 octets on the wire are 253 characters in text.
    private const int MaxLength = 253;

    /// <summary>Reads a name.</summary>
    /// <param name="text">The name as people write it: Unicode or A-labels, any case, with or without the root's dot.</param>
    /// <param name="allowUnderscore">Whether labels may hold an underscore.</param>
    /// <param name="ascii">The name as A-labels in lower case, without the root's dot.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string text, bool allowUnderscore, out string ascii)
    {
        ascii = "";
        if (text.Length > MaxTextLength || !DomainMapping.TryMap(text, out var mapped))
        {
            return CanonicalProblem.HostMalformed;
        }

        var labels = mapped.Split('.');
        labels = labels is [.., _, ""] ? labels[..^1] : labels;
        for (var i = 0; i < labels.Length; i++)
        {
            if (!DomainLabel.TryMake(labels[i], allowUnderscore, out labels[i]))
            {
                return CanonicalProblem.HostMalformed;
            }
        }

        ascii = string.Join('.', labels);
        return Judge(ascii, labels);
    }

    private static CanonicalProblem Judge(string name, string[] labels)
    {
        if (name.Length > MaxLength)
        {
            return CanonicalProblem.HostMalformed;
        }

        // No top-level domain is numeric (RFC 3696, section 2); such a name is an IPv4 address or a mistake.
        if (labels[^1].All(char.IsAsciiDigit))
        {
            return CanonicalProblem.HostIsAddress;
        }

        if (SpecialUseDomains.Contains(labels))
        {
            return CanonicalProblem.HostNotPublic;
        }

        return labels.Length == 1 ? CanonicalProblem.HostMalformed : CanonicalProblem.None;
    }
}
