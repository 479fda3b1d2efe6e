using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical;

/// <summary>The first look at any raw text: its length, its edges, and whether it is text at all.</summary>
internal static class RawText
{
    /// <summary>Takes blanks and unseen characters off both ends.</summary>
    /// <param name="raw">The text as it came.</param>
    /// <param name="maxLength">The cap in UTF-16 units; beyond it nothing is looked at, so hostile lengths cost nothing.</param>
    /// <param name="text">The trimmed text.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string raw, int maxLength, out string text)
    {
        text = "";
        if (raw.Length > maxLength)
        {
            return CanonicalProblem.TooLong;
        }

        text = Trim(raw);
        if (text.Length == 0)
        {
            return CanonicalProblem.Empty;
        }

        return IsText(text) ? CanonicalProblem.None : CanonicalProblem.CharacterNotAllowed;
    }

    /// <summary>Returns the text without blanks and unseen characters (byte order marks, direction marks) at its ends.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsEdge(text[start]))
        {
            start++;
        }

        while (end > start && IsEdge(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsEdge(char c) =>
        char.IsWhiteSpace(c) || (!char.IsAscii(c) && UnicodeTables.Ignorable.Contains(c));

    // Known leaves out surrogates, so half a pair is refused here and nothing behind this line ever meets one.
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var paired = Rune.TryGetRuneAt(text, i, out var rune);
            if (!paired || !IsKnown(rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }

    private static bool IsKnown(Rune rune) =>
        rune.IsAscii ? !Rune.IsControl(rune) : UnicodeTables.Known.Contains(rune.Value);
}
