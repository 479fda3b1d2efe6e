using System.Buffers;
using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Domains;

/// <summary>One label of a domain name, mapped already, to its A-label.</summary>
/// <remarks>
/// The Bidi rule (RFC 5893) is not checked: it says what a registry should sell, not which name is meant. Hyphens in third
/// and fourth place are allowed, since such hosts exist.
/// </remarks>
internal static class DomainLabel
{
    private const int MaxLength = 63;

    // A label of 63 characters outside the basic plane; the encoder's sums stay far from overflow.
    private const int MaxTextLength = 2 * MaxLength;
    private const string Prefix = "xn--";

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-"
    );

    private static readonly SearchValues<char> HostCharactersAndUnderscore = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>Makes the A-label.</summary>
    /// <param name="label">A label after <see cref="DomainMapping"/>.</param>
    /// <param name="allowUnderscore">Whether an underscore may stand in a label of ASCII, as in web hosts but not in mail domains.</param>
    /// <param name="ascii">The label in lower-case ASCII, 1 to 63 characters.</param>
    /// <returns>Whether it is a label.</returns>
    public static bool TryMake(string label, bool allowUnderscore, out string ascii)
    {
        ascii = label;
        if (label.Length is 0 or > MaxTextLength || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        if (label.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return label.Length <= MaxLength && HasHostCharactersOnly(label, allowUnderscore) && IsEncodedWell(label);
        }

        if (!Ascii.IsValid(label))
        {
            ascii = Prefix + Punycode.Encode(label);
            return ascii.Length <= MaxLength && IsUnicodeLabel(label);
        }

        return label.Length <= MaxLength && HasHostCharactersOnly(label, allowUnderscore);
    }

    // UTS #46, section 4: what a label decodes to must be what mapping would leave alone and encoding would give back.
    private static bool IsEncodedWell(string label) =>
        Punycode.TryDecode(label[Prefix.Length..], out var decoded)
        && !Ascii.IsValid(decoded)
        && DomainMapping.TryMap(decoded, out var mapped)
        && mapped == decoded
        && Prefix + Punycode.Encode(decoded) == label
        && IsUnicodeLabel(decoded);

    private static bool IsUnicodeLabel(string label)
    {
        var points = label.EnumerateRunes().Select(rune => rune.Value).ToArray();
        return !label.Contains('.', StringComparison.Ordinal)
            && !UnicodeTables.Marks.Contains(points[0])
            && HasHostCharactersOnly(string.Concat(label.Where(char.IsAscii)), allowUnderscore: false)
            && JoinerRule.Holds(points);
    }

    private static bool HasHostCharactersOnly(string label, bool allowUnderscore) =>
        !label.AsSpan().ContainsAnyExcept(allowUnderscore ? HostCharactersAndUnderscore : HostCharacters);
}
