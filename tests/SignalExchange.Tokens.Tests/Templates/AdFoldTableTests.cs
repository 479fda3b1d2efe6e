using System.Security.Cryptography;
using System.Text;
using SignalExchange.Tokens.Templates;
using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Tests.Templates;

public sealed class AdFoldTableTests
{
    // Sketches of two tables never agree: another table is another version, and this test says which is which.
    [Fact]
    public void The_table_of_a_version_is_this_one_and_no_other()
    {
        using var table = typeof(AdSketch).Assembly.GetManifestResourceStream(
            "SignalExchange.Tokens.Templates.Folding.ad-fold.txt"
        );

        Assert.Equal(
            ("ad-1", "970E9670AF07AB56A1CB7851B021D9DBCA5A20344E7E186EDD31CFC1B9625640"),
            (AdSketch.Version, Convert.ToHexString(SHA256.HashData(table!)))
        );
    }

    [Fact]
    public void What_comes_out_of_the_table_folds_to_itself()
    {
        var wrong = AllRunes()
            .SelectMany(rune => Parts(AdFoldTable.Of(rune)).Select(part => (rune, part)))
            .Where(it => it.part.Class is not (AdFoldClass.Blank or AdFoldClass.Unseen))
            .Where(it => AdFoldTable.Of(new Rune(it.part.Value)) != it.part)
            .Select(it => $"{it.rune.Value:X} to {it.part.Value:X}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Capitals_become_small_and_ascii_stays_what_it_is()
    {
        for (var c = '!'; c <= '~'; c++)
        {
            Assert.Equal(char.ToLowerInvariant(c), AdFoldTable.Of(new Rune(c)).Value);
        }
    }

    [Theory]
    [InlineData(' ', nameof(AdFoldClass.Blank))]
    [InlineData('\n', nameof(AdFoldClass.Blank))]
    [InlineData('─', nameof(AdFoldClass.Blank))]
    [InlineData('★', nameof(AdFoldClass.Blank))]
    [InlineData('\u0378', nameof(AdFoldClass.Blank))]
    [InlineData('\uFFFD', nameof(AdFoldClass.Blank))]
    [InlineData('\u200B', nameof(AdFoldClass.Unseen))]
    [InlineData('\u0301', nameof(AdFoldClass.Unseen))]
    [InlineData('漢', nameof(AdFoldClass.LetterWithoutBlanks))]
    [InlineData('の', nameof(AdFoldClass.LetterWithoutBlanks))]
    [InlineData('я', nameof(AdFoldClass.Letter))]
    [InlineData('ع', nameof(AdFoldClass.Letter))]
    [InlineData('٣', nameof(AdFoldClass.Digit))]
    public void Characters_are_of_the_class_that_people_see(char c, string kind) =>
        Assert.Equal(kind, AdFoldTable.Of(new Rune(c)).Class.ToString());

    private static IEnumerable<Rune> AllRunes() =>
        Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(it => new Rune(it));

    private static AdFolded[] Parts(AdFolded folded) =>
        folded.Class is AdFoldClass.Several ? AdFoldTable.Expand(folded).ToArray() : [folded];
}
