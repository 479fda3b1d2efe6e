using System.Text;
using CsCheck;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Tests.Canonical.Unicode;

/// <summary>Our tables against the machine's ICU, which knows the same characters as long as it knows them at all.</summary>
public sealed class NormalizationTests
{
    // Unicode never changes the normalisation of an assigned character; those that this ICU doesn't know come out as they
    // went in. If a test fails here and nowhere else, suspect InvariantGlobalization.
    // Letters of scripts that are newer than this ICU have no decomposition to know them by, but compose (U+105D2 and U+0307 do).
    private static readonly HashSet<int> ComposeUnlikeIcu =
    [
        .. UnicodeTables
            .Compositions.Where(it =>
                $"{new Rune(it.Key.First)}{new Rune(it.Key.Second)}".Normalize(NormalizationForm.FormC)
                != new Rune(it.Value).ToString()
            )
            .Select(it => it.Key.First),
    ];

    private static readonly Rune[] Known =
    [
        .. Enumerable
            .Range(0, 0x110000)
            .Where(Rune.IsValid)
            .Select(point => new Rune(point))
            .Where(rune => UnicodeTables.Known.Contains(rune.Value) && IsKnownToIcu(rune)),
    ];

    private static readonly Gen<Rune> Any = Gen.OneOf(Known);

    private static readonly Gen<Rune> Marks = Gen.OneOf([
        .. Known.Where(rune => UnicodeTables.CombiningRanks.ContainsKey(rune.Value)),
    ]);

    private static readonly Gen<Rune> Composing = Gen.OneOf([
        .. Known.Where(rune =>
            UnicodeTables.Decompositions.ContainsKey(rune.Value)
            || UnicodeTables.Compositions.Keys.Any(pair => pair.First == rune.Value || pair.Second == rune.Value)
            || rune.Value is (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xAD00)
        ),
    ]);

    private static readonly Gen<string> Text = Gen.OneOf(Any, Marks, Composing, Composing)
        .Array[0, 12]
        .Select(runes => string.Concat(runes.Select(rune => rune.ToString())));

    [Fact]
    public void Icu_is_there_to_compare_with() =>
        Assert.True(Known.Length > 100_000 && "\uFB01".Normalize(NormalizationForm.FormKC) == "fi");

    // So that a wrong table can't hide among what is left out: new scripts come beyond the basic plane, and few letters compose.
    [Fact]
    public void Only_letters_of_new_scripts_are_left_out() =>
        Assert.True(ComposeUnlikeIcu.Count < 40 && ComposeUnlikeIcu.All(rune => rune > 0xFFFF));

    [Fact]
    public void Every_character_decomposes_and_composes_as_in_icu()
    {
        var wrong = Known
            .Select(rune => rune.ToString())
            .Where(text =>
                Normalization.Nfkd(text) != text.Normalize(NormalizationForm.FormKD)
                || Normalization.Nfkc(text) != text.Normalize(NormalizationForm.FormKC)
            )
            .ToArray();

        Assert.Empty(wrong);
    }

    [Fact]
    public void Any_text_normalises_as_in_icu() =>
        Text.Sample(
            text =>
                Normalization.Nfkd(text) == text.Normalize(NormalizationForm.FormKD)
                && Normalization.Nfkc(text) == text.Normalize(NormalizationForm.FormKC),
            iter: 5_000
        );

    [Fact]
    public void Normalising_again_changes_nothing() =>
        Text.Sample(
            text =>
                Normalization.Nfkc(Normalization.Nfkc(text)) == Normalization.Nfkc(text)
                && Normalization.Nfkd(Normalization.Nfkd(text)) == Normalization.Nfkd(text),
            iter: 5_000
        );

    // ICU composes nothing with a character that it doesn't know, and gives it no case.
    private static bool IsKnownToIcu(Rune rune)
    {
        var text = rune.ToString();
        return ComposeUnlikeIcu.Contains(rune.Value) ? false
            : Normalization.Nfkd(text) == text ? IsOrderedLikeIcu(rune)
            : text.Normalize(NormalizationForm.FormKD) != text;
    }

    private static bool IsOrderedLikeIcu(Rune rune)
    {
        // A mark that ICU doesn't know stays where it is; a known one is sorted between the lowest and the highest class.
        var low = $"a\u0345{rune}";
        var high = $"a{rune}\u0334";
        return !UnicodeTables.CombiningRanks.ContainsKey(rune.Value)
            || low.Normalize(NormalizationForm.FormKD) != low
            || high.Normalize(NormalizationForm.FormKD) != high;
    }
}
