using System.Text;

namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>Edits that a reader hardly sees: the same words, written otherwise. Each takes the share that it is done to.</summary>
internal static class Disguises
{
    private const string Plain = "abcdeghijklmnopqrstuvwxyz";

    private static readonly Dictionary<char, string> LookAlikes = new()
    {
        ['a'] = "аαɑ",
        ['b'] = "Ьƅ",
        ['c'] = "сϲ",
        ['d'] = "ԁ",
        ['e'] = "еεé",
        ['g'] = "ɡ",
        ['h'] = "һ",
        ['i'] = "іíı",
        ['j'] = "ј",
        ['k'] = "κк",
        ['l'] = "ӏ",
        ['m'] = "м",
        ['n'] = "ոп",
        ['o'] = "оοօ",
        ['p'] = "рρ",
        ['r'] = "г",
        ['s'] = "ѕ",
        ['t'] = "τт",
        ['u'] = "υս",
        ['v'] = "ν",
        ['w'] = "ԝω",
        ['x'] = "хχ",
        ['y'] = "уγ",
    };

    private static readonly Dictionary<char, string> Leet = new()
    {
        ['a'] = "4@",
        ['b'] = "8",
        ['e'] = "3",
        ['g'] = "9",
        ['i'] = "1!",
        ['l'] = "1|",
        ['o'] = "0",
        ['s'] = "5$",
        ['t'] = "7",
    };

    public static string WithHomoglyphs(string text, Dice dice, double share) =>
        EachLetter(text, dice, share, LookAlikes);

    /// <summary>Writes a share of the words in leet, each letter of them that has a stand-in.</summary>
    public static string WithLeet(string text, Dice dice, double share) =>
        Words.Each(text, dice, share, word => EachLetter(word, dice, 1, Leet));

    public static string WithCase(string text, Dice dice) =>
        Words.Each(text, dice, 0.3, word => dice.Chance(0.5) ? word.ToUpperInvariant() : word.ToLowerInvariant());

    /// <summary>Writes a share of the words in mathematical bold or full-width letters.</summary>
    public static string WithFancyLetters(string text, Dice dice, double share) =>
        Words.Each(
            text,
            dice,
            share,
            word =>
            {
                var first = dice.Chance(0.5) ? 0x1D41A : 0xFF41;
                return string.Concat(
                    word.Select(c => c is >= 'a' and <= 'z' ? char.ConvertFromUtf32(first + c - 'a') : $"{c}")
                );
            }
        );

    public static string WithMarks(string text, Dice dice, double share) =>
        Behind(text, dice, share, "\u0301\u0308\u0335");

    public static string WithUnseen(string text, Dice dice, double share) =>
        Behind(text, dice, share, "\u200B\u200C\u2060\u00AD\uFEFF");

    public static string WithRepeats(string text, Dice dice, double share) =>
        Each(text, c => char.IsLetter(c) && dice.Chance(share) ? new string(c, 2 + dice.Throw(3)) : $"{c}");

    /// <summary>Spaces a share of the words out, or takes the blank behind them away.</summary>
    public static string WithSpacing(string text, Dice dice, double share) =>
        Words
            .Each(text, dice, share, word => dice.Chance(0.5) ? string.Join(' ', word.ToCharArray()) : word + "\uE000")
            .Replace("\uE000 ", "", StringComparison.Ordinal)
            .Replace("\uE000", "", StringComparison.Ordinal);

    public static string WithEmoji(string text, Dice dice, double share) =>
        Words.Each(text, dice, share, word => $"{word} {dice.Pick(Vocabulary.Emoji)}");

    private static string EachLetter(string text, Dice dice, double share, Dictionary<char, string> others) =>
        Each(
            text,
            c =>
                others.TryGetValue(c, out var other) && dice.Chance(share)
                    ? $"{dice.Pick(other.ToCharArray())}"
                    : $"{c}"
        );

    private static string Behind(string text, Dice dice, double share, string signs) =>
        Each(
            text,
            c =>
                Plain.Contains(c, StringComparison.Ordinal) && dice.Chance(share)
                    ? $"{c}{dice.Pick(signs.ToCharArray())}"
                    : $"{c}"
        );

    private static string Each(string text, Func<char, string> edit)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(edit(c));
        }

        return result.ToString();
    }
}
