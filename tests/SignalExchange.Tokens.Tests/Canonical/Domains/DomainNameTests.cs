using System.Globalization;
using System.Text;
using CsCheck;
using SignalExchange.Tokens.Canonical;
using SignalExchange.Tokens.Canonical.Domains;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Tests.Canonical.Domains;

public sealed class DomainNameTests
{
    private static readonly IdnMapping Icu = new() { UseStd3AsciiRules = true };

    private static readonly Gen<string> Label = Gen.OneOf(
            Gen.Char['a', 'z'].Select(c => (int)c),
            Gen.Int[0xC0, 0x24F],
            Gen.Int[0x370, 0x5FF],
            Gen.Int[0x620, 0x64A],
            Gen.Int[0x900, 0x97F],
            Gen.Int[0x3040, 0x30FF],
            Gen.Int[0x4E00, 0x4FFF],
            Gen.Int[0xAC00, 0xAD00],
            Gen.Int[0x1F300, 0x1F5FF]
        )
        .Where(UnicodeTables.Known.Contains)
        .Array[1, 8]
        .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

    [Fact]
    public void What_we_and_icu_both_accept_is_one_name()
    {
        var both = 0;
        Label.Sample(
            label =>
            {
                var name = label + ".example.com";
                var isOurs = DomainName.Read(name, allowUnderscore: false, out var ascii) is CanonicalProblem.None;
                if (!isOurs || !TryIcu(name, out var icu))
                {
                    return true;
                }

                Interlocked.Increment(ref both);
                return ascii == icu;
            },
            iter: 5_000
        );

        Assert.True(both > 500, $"Only {both} names were accepted by both.");
    }

    [Fact]
    public void What_we_refuse_icu_refuses_too() =>
        Label.Sample(
            label =>
            {
                var name = label + ".example.com";
                return DomainName.Read(name, allowUnderscore: false, out _) is CanonicalProblem.None
                    || !TryIcu(name, out _);
            },
            iter: 5_000
        );

    [Fact]
    public void A_name_read_again_is_itself() =>
        Label.Sample(
            label =>
                DomainName.Read(label + ".example.com", allowUnderscore: false, out var ascii)
                    is not CanonicalProblem.None
                || (
                    DomainName.Read(ascii, allowUnderscore: false, out var again) is CanonicalProblem.None
                    && again == ascii
                ),
            iter: 5_000
        );

    [Fact]
    public void Punycode_comes_back() =>
        Label.Sample(label => Punycode.TryDecode(Punycode.Encode(label), out var decoded) && decoded == label);

    // RFC 3492, section 7.1: Arabic, Chinese, Czech, and the mix of section 7.1 (L) with its capital.
    [Theory]
    [InlineData(
        "\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F",
        "egbpdaj6bu4bxfgehfvwxn"
    )]
    [InlineData("\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587", "ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky", "Proprostnemluvesky-uyb24dma41a")]
    [InlineData("3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "3B-ww4c5e180e575a65lsy2b")]
    public void Punycode_of_the_rfc(string label, string encoded) => Assert.Equal(encoded, Punycode.Encode(label));

    [Theory]
    [InlineData("")]
    [InlineData("99999999")]
    [InlineData("a-\u00FC")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("a_")]
    public void What_is_no_punycode_decodes_to_nothing_or_to_ascii(string encoded)
    {
        var isDecoded = Punycode.TryDecode(encoded, out var label);

        Assert.True(!isDecoded || Ascii.IsValid(label));
    }

    private static bool TryIcu(string name, out string ascii)
    {
        try
        {
            ascii = Icu.GetAscii(name).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }
}
