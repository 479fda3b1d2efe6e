using System.Globalization;
using System.Text;

namespace SignalExchange.Tokens.Canonical;

/// <summary>What several forms do with text.</summary>
internal static class CanonicalText
{
    /// <summary>Brings text to NFKC without blanks at its ends and without characters that cannot be seen.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="maxLength">The most UTF-16 units before and after.</param>
    /// <param name="text">The result; empty with a problem.</param>
    /// <returns>What is wrong: empty, too long, or not text at all (lone surrogates).</returns>
    public static CanonicalProblem Clean(string raw, int maxLength, out string text)
    {
        text = "";
        if (raw.Length > maxLength)
        {
            return CanonicalProblem.TooLong;
        }

        if (HasLoneSurrogate(raw))
        {
            return CanonicalProblem.Malformed;
        }

        text = RemoveInvisible(raw.Normalize(NormalizationForm.FormKC)).Trim();
        if (text.Length is > 0 && text.Length <= maxLength)
        {
            return CanonicalProblem.None;
        }

        var problem = text.Length == 0 ? CanonicalProblem.Empty : CanonicalProblem.TooLong;
        text = "";
        return problem;
    }

    /// <summary>Whether it is a name of lower-case letters, digits, dots and hyphens, 2 to 64 characters.</summary>
    public static bool IsNamespace(string? text) =>
        text is { Length: >= 2 and <= 64 }
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-');

    private static string RemoveInvisible(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (char.IsHighSurrogate(text[place]) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]))
            {
                place++;
            }
            else if (char.IsSurrogate(text[place]))
            {
                return true;
            }
        }

        return false;
    }
}
