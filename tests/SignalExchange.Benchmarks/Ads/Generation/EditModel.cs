using static SignalExchange.Benchmarks.Ads.Generation.Disguises;
using static SignalExchange.Benchmarks.Ads.Generation.Words;

namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>What posters do to an ad, by name. Our own model: it is not the one that the development data was made with.</summary>
/// <remarks>
/// L0 fills slots anew; L1 to L3 edit more and more words and disguise what they leave; L4 also cuts and wraps. The others
/// do one thing each, so that a figure says which defence fails.
/// </remarks>
internal static class EditModel
{
    public static IReadOnlyList<(string Name, Func<string, Dice, string> Edit)> Edits { get; } =
    [
        ("L0", (text, dice) => FillSlots(text, dice, 1)),
        ("L1", (text, dice) => WithEmoji(WithCase(Exchange(FillSlots(text, dice, 0.4), dice, 0.03), dice), dice, 0.05)),
        ("L2", (text, dice) => Disguise(Exchange(FillSlots(text, dice, 0.5), dice, 0.08), dice, 0.03, 0.1)),
        (
            "L3",
            (text, dice) => Disguise(Exchange(Shuffle(FillSlots(text, dice, 0.6), dice), dice, 0.15), dice, 0.05, 0.25)
        ),
        ("L4", (text, dice) => WithHomoglyphs(Wrap(Cut(Exchange(text, dice, 0.2), 0.2), dice, 0.2), dice, 0.1)),
        ("emoji", (text, dice) => WithEmoji(text, dice, 0.3)),
        ("homo10", (text, dice) => WithHomoglyphs(text, dice, 0.1)),
        ("homo50", (text, dice) => WithHomoglyphs(text, dice, 0.5)),
        ("leet10", (text, dice) => WithLeet(text, dice, 0.1)),
        ("leet30", (text, dice) => WithLeet(text, dice, 0.3)),
        ("fancy", (text, dice) => WithFancyLetters(text, dice, 0.5)),
        ("diac", (text, dice) => WithMarks(text, dice, 0.2)),
        ("zw", (text, dice) => WithUnseen(text, dice, 0.1)),
        ("space10", (text, dice) => WithSpacing(text, dice, 0.1)),
        ("space30", (text, dice) => WithSpacing(text, dice, 0.3)),
        ("repeat", (text, dice) => WithRepeats(text, dice, 0.05)),
        ("case", WithCase),
        ("word05", (text, dice) => Exchange(text, dice, 0.05)),
        ("word10", (text, dice) => Exchange(text, dice, 0.1)),
        ("word20", (text, dice) => Exchange(text, dice, 0.2)),
        ("word30", (text, dice) => Exchange(text, dice, 0.3)),
        ("reorder", Shuffle),
        ("trunc20", (text, _) => Cut(text, 0.2)),
        ("trunc40", (text, _) => Cut(text, 0.4)),
        ("salad25", (text, dice) => Wrap(text, dice, 0.25)),
        ("salad50", (text, dice) => Wrap(text, dice, 0.5)),
        ("salad100", (text, dice) => Wrap(text, dice, 1)),
    ];

    private static string Disguise(string text, Dice dice, double words, double letters) =>
        WithHomoglyphs(
            WithLeet(WithSpacing(WithEmoji(text, dice, 2 * words), dice, words), dice, words),
            dice,
            letters
        );
}
