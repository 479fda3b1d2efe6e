using System.Text;

namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>Folds handles that look alike: case, then the prototypes of UTS #39, section 4.</summary>
/// <remarks>
/// <para>
/// Two departures from the standard's skeleton, both because a wrong match accuses a stranger while a missed one is a
/// missed lead. ASCII stays what it is: <c>anna1</c> and <c>annal</c>, <c>leo0</c> and <c>leoo</c>, <c>corn</c> and
/// <c>com</c> are different accounts on every platform, although the standard folds 1 to l, 0 to O and m to rn. And
/// digits of other scripts become the ASCII digit of their value, not the letter or dot that they resemble.
/// </para>
/// <para>
/// Case goes first and last, so <c>PayPaI</c> with a capital i folds to <c>paypai</c>: that is the account's name, and
/// not <c>paypal</c>. The result is a key for comparing, in form KD; it need not be a name that anybody can read.
/// </para>
/// </remarks>
internal static class HandleFolding
{
    /// <summary>Returns the folded text; folding it again changes nothing.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        // A prototype can be a capital letter, and a folded letter can have a prototype; the generator has shown for each
        // character that this ends.
        for (var folded = FoldOnce(text); ; text = folded, folded = FoldOnce(text))
        {
            if (folded == text)
            {
                return folded;
            }
        }
    }

    private static string FoldOnce(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in CaseFolding.NfkdCasefold(text).EnumerateRunes())
        {
            folded.Append(UnicodeTables.Prototypes.GetValueOrDefault(rune.Value) ?? rune.ToString());
        }

        return Normalization.Nfkd(folded.ToString());
    }
}
