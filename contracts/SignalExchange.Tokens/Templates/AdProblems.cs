using System.Collections.Frozen;

namespace SignalExchange.Tokens.Templates;

/// <summary>The code and the words of every <see cref="AdProblem"/>.</summary>
/// <remarks>Fixed texts: none takes an argument, so that no content can leak through one. Safe from any thread.</remarks>
public static class AdProblems
{
    private static readonly FrozenDictionary<AdProblem, (string Code, string Text)> Entries = new Dictionary<
        AdProblem,
        (string Code, string Text)
    >
    {
        [AdProblem.None] = ("NONE", "Nothing is wrong. There is nothing to do."),
        [AdProblem.TooLong] = ("AD_TOO_LONG", "The text has more than 1,048,576 characters. Pass one ad."),
        [AdProblem.NoLetters] = (
            "AD_NO_LETTERS",
            "Nothing is left but emoji, digits, signs or addresses. Pass the ad's text; report telephone numbers and links under their own types."
        ),
        [AdProblem.TooShort] = (
            "AD_TOO_SHORT",
            "After folding there are fewer than 120 letters, which honest ads share. Pass the whole text."
        ),
        [AdProblem.TooFewWords] = (
            "AD_TOO_FEW_WORDS",
            "There are fewer than 20 words, which honest ads share. Pass the whole text."
        ),
        [AdProblem.TooRepetitive] = (
            "AD_TOO_REPETITIVE",
            "The text repeats itself: fewer than 100 different runs of letters. Pass an ad that says more."
        ),
    }.ToFrozenDictionary();

    /// <summary>Returns the name for files and other languages, for example <c>AD_TOO_SHORT</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such problem.</exception>
    public static string CodeOf(AdProblem problem) => Find(problem).Code;

    /// <summary>Returns what is wrong and what to do, in one or two sentences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such problem.</exception>
    public static string TextOf(AdProblem problem) => Find(problem).Text;

    private static (string Code, string Text) Find(AdProblem problem) =>
        Entries.TryGetValue(problem, out var entry)
            ? entry
            : throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of an ad.");
}
