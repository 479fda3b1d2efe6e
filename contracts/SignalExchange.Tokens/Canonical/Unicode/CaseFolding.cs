using System.Text;

namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>toNFKC_Casefold (UAX #31): one spelling for texts that differ in case, width or unseen characters.</summary>
internal static class CaseFolding
{
    /// <summary>Returns the folded text; folding it again changes nothing.</summary>
    public static string NfkcCasefold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        // Folding can bring up what folds again; the generator has shown for each character that it ends.
        for (var folded = NfkdCasefold(text); ; text = folded, folded = NfkdCasefold(text))
        {
            if (folded == text)
            {
                return Normalization.Nfkc(folded);
            }
        }
    }

    /// <summary>Returns the text taken apart, without unseen characters and case: one round of folding.</summary>
    public static string NfkdCasefold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Normalization.Nfkd(text).EnumerateRunes())
        {
            if (UnicodeTables.CaseFoldings.TryGetValue(rune.Value, out var lower))
            {
                folded.Append(lower);
            }
            else if (!UnicodeTables.Ignorable.Contains(rune.Value))
            {
                folded.Append(rune.ToString());
            }
        }

        return Normalization.Nfkd(folded.ToString());
    }
}
