using System.Text.RegularExpressions;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Phones;

/// <summary>What stands around a telephone number, taken off or refused before the number is parsed.</summary>
internal static class PhoneText
{
    /// <summary>How many digits a piece of text must have to be a number of its own.</summary>
    private const int DigitsOfANumber = 7;

    // Fewer letters than this are no vanity number; libphonenumber would drop them without a word.
    private const int LettersOfAVanityNumber = 3;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Extension = new(
        @"[\s,;.\-]*(?:;ext=|,,+|;|x|#|(?:ext|extn|xtn|extension|extensión|int|anexo|poste|dw|durchwahl|доб|доп)[\s.:=]*)\s*\(?\d{1,7}\)?#?$",
        Linear
    );

    private static readonly Regex Separator = new(@"[/|\\&,;]|\s(?:or|and|und|et|y|o|ou)\s", Linear);

    /// <summary>Takes scheme, parameters and extension off.</summary>
    /// <param name="text">Text of known characters.</param>
    /// <param name="number">The number alone, lower case.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string text, out string number)
    {
        var bare = TelUri.Read(CaseFolding.NfkcCasefold(text));
        number = RawText.Trim(Extension.Replace(bare, ""));
        if (IsSeveral(bare))
        {
            return CanonicalProblem.PhoneSeveral;
        }

        if (number.Contains('*', StringComparison.Ordinal) || number.StartsWith('#'))
        {
            return CanonicalProblem.PhoneNotDiallable;
        }

        return BeginsLikeANumber(number) && HasNoWords(number)
            ? CanonicalProblem.None
            : CanonicalProblem.PhoneMalformed;
    }

    private static bool IsSeveral(string text) =>
        Separator.Split(text).Count(piece => piece.Count(char.IsDigit) >= DigitsOfANumber) > 1
        || HasPlusBetweenDigits(text);

    private static bool HasPlusBetweenDigits(string text) =>
        text.SkipWhile(c => !char.IsDigit(c)).SkipWhile(c => c != '+').Any(char.IsDigit);

    private static bool BeginsLikeANumber(string number) =>
        number.Length > 0 && (char.IsDigit(number[0]) || number[0] is '+' or '(' or '[');

    // Words before the first digit are dropped by libphonenumber and letters of other scripts are too: both change numbers.
    private static bool HasNoWords(string number)
    {
        var letters = number.Where(char.IsLetter).ToArray();
        var firstLetter = number.IndexOf(letters.FirstOrDefault());
        return letters.Length == 0
            || (
                letters.Length >= LettersOfAVanityNumber
                && letters.All(char.IsAsciiLetter)
                && number.Take(firstLetter).Any(char.IsDigit)
            );
    }
}
