using System.Text;

namespace SignalExchange.Tokens.Canonical;

/// <summary>E-mail addresses: what one mailbox is reached by, in one spelling.</summary>
/// <remarks>
/// RFC 5321 lets a domain tell local parts apart by case; none of size does, so it is folded. Quoted local parts, comments, IP
/// literals and display names are refused: no platform signs people up with them, and they are a way to hide.
/// </remarks>
internal static class EmailForm
{
    private const int MaxLength = 320;
    private const int MaxLocalBytes = 64; // RFC 5321 section 4.5.3.1.1
    private const int MaxAddressBytes = 254; // RFC 3696 erratum 1690
    private const string Scheme = "mailto:";

    public static CanonicalForm Make(string raw)
    {
        var problem = CanonicalText.Clean(raw, MaxLength, out var text);
        if (problem != CanonicalProblem.None)
        {
            return problem;
        }

        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            text = text[Scheme.Length..].Split('?')[0];
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != text.LastIndexOf('@') || !IsDotAtom(text[..at]))
        {
            return CanonicalProblem.Malformed;
        }

        return DomainName.TryCanonicalize(text[(at + 1)..], out var domain)
            ? Join(text[..at].ToLowerInvariant(), domain)
            : CanonicalProblem.DomainInvalid;
    }

    private static CanonicalForm Join(string local, string domain)
    {
        var provider = MailProvider.Of(domain);
        local = provider.RemoveAlias(local);
        if (local.Length == 0)
        {
            return CanonicalProblem.Malformed;
        }

        var address = $"{local}@{provider.Domain}";
        return
            Encoding.UTF8.GetByteCount(local) > MaxLocalBytes || Encoding.UTF8.GetByteCount(address) > MaxAddressBytes
            ? CanonicalProblem.TooLong
            : CanonicalForm.Of(address);
    }

    // RFC 5322 section 3.2.3, with letters and digits of every script (RFC 6531).
    private static bool IsDotAtom(string local) =>
        local[0] != '.'
        && local[^1] != '.'
        && !local.Contains("..", StringComparison.Ordinal)
        && local.EnumerateRunes().All(IsAtomText);

    private static bool IsAtomText(Rune rune) =>
        rune.IsAscii
            ? char.IsAsciiLetterOrDigit((char)rune.Value)
                || ".!#$%&'*+-/=?^_`{|}~".Contains((char)rune.Value, StringComparison.Ordinal)
            : Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
