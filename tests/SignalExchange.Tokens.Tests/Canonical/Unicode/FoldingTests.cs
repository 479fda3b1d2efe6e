using System.Text;
using CsCheck;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Tests.Canonical.Unicode;

public sealed class FoldingTests
{
    private static readonly Gen<string> Text = Gen.Int[0, 0x10FFFF]
        .Where(Rune.IsValid)
        .Select(point => new Rune(point))
        .Array[0, 10]
        .Select(runes => string.Concat(runes.Select(rune => rune.ToString())));

    [Fact]
    public void Folding_any_character_again_changes_nothing()
    {
        var wrong = Enumerable
            .Range(0, 0x110000)
            .Where(point => Rune.IsValid(point) && UnicodeTables.Known.Contains(point))
            .Select(point => new Rune(point).ToString())
            .Where(text =>
                HandleFolding.Fold(HandleFolding.Fold(text)) != HandleFolding.Fold(text)
                || CaseFolding.NfkcCasefold(CaseFolding.NfkcCasefold(text)) != CaseFolding.NfkcCasefold(text)
            );

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folding_any_text_again_changes_nothing() =>
        Text.Sample(
            text =>
                HandleFolding.Fold(HandleFolding.Fold(text)) == HandleFolding.Fold(text)
                && CaseFolding.NfkcCasefold(CaseFolding.NfkcCasefold(text)) == CaseFolding.NfkcCasefold(text),
            iter: 5_000
        );

    [Fact]
    public void Handles_fold_case_first_so_case_never_matters() =>
        Text.Sample(
            text => HandleFolding.Fold(CaseFolding.NfkcCasefold(text)) == HandleFolding.Fold(text),
            iter: 5_000
        );

    [Fact]
    public void Ascii_stays_what_it_is_but_for_case()
    {
        var printable = string.Concat(Enumerable.Range(0x20, 0x5F).Select(c => (char)c));

        Assert.Equal(printable.ToLowerInvariant(), HandleFolding.Fold(printable));
        Assert.Equal(printable.ToLowerInvariant() + "\u0301", HandleFolding.Fold(printable + "\u0301"));
    }

    [Fact]
    public void No_letter_or_digit_of_any_script_becomes_punctuation_of_ascii()
    {
        // Compatibility forms such as the parenthesised letters hold their punctuation openly.
        var wrong = Enumerable
            .Range(0x80, 0x110000 - 0x80)
            .Where(point => Rune.IsValid(point) && UnicodeTables.Known.Contains(point))
            .Select(point => new Rune(point))
            .Where(rune => Rune.IsLetterOrDigit(rune) && Normalization.Nfkd(rune.ToString()) == rune.ToString())
            .Where(rune =>
                HandleFolding.Fold(rune.ToString()).Any(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c))
            );

        Assert.Empty(wrong);
    }
}
