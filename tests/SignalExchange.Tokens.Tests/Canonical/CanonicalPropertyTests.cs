using System.Globalization;
using CsCheck;
using PhoneNumbers;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens.Tests.Canonical;

/// <summary>What holds for any text.</summary>
public sealed class CanonicalPropertyTests
{
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["@.+-:/?#=;\\ 0123456789abcABC\u0661\u200b\ud800\uff11"], 0, 80],
        Gen.Char.Select(Gen.Int[0, 20_000], (letter, count) => new string(letter, count))
    );

    public static TheoryData<IndicatorType> Types => [.. IndicatorTypes.All];

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_throws_whatever_the_text(IndicatorType type) =>
        Gen.Select(Hostile, Hostile)
            .Sample(
                (raw, space) =>
                    Identifier.Parse(type, raw, space, "US") is var result
                    && result.IsAccepted == (result.Problem == default)
            );

    [Fact]
    public void Folding_twice_changes_nothing_more() =>
        Gen.String[0, 60].Where(IsText).Sample(raw => Confusables.Fold(Confusables.Fold(raw)) == Confusables.Fold(raw));

    [Fact]
    public void Every_spelling_of_every_regions_numbers_is_one_identifier()
    {
        foreach (var region in Phones.GetSupportedRegions())
        {
            if (
                Phones.GetExampleNumberForType(region, PhoneNumberType.MOBILE) is not { } number
                || !Phones.IsValidNumber(number)
            )
            {
                continue;
            }

            var expected = Identifier.Phone(Phones.Format(number, PhoneNumberFormat.E164)).GetOrThrow();
            Assert.Equal(expected, Identifier.Phone(Phones.Format(number, PhoneNumberFormat.INTERNATIONAL)).Identifier);
            Assert.Equal(expected, Identifier.Phone(Phones.Format(number, PhoneNumberFormat.RFC3966)).Identifier);
            Assert.Equal(
                expected,
                Identifier.Phone(Phones.Format(number, PhoneNumberFormat.NATIONAL), region).Identifier
            );
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void The_culture_of_the_machine_does_not_matter(string culture)
    {
        var expected = All();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected, All());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Namespace_and_handle_cannot_be_shifted_into_each_other() =>
        Assert.NotEqual(
            Identifier.AccountHandle("photo.ex", "ample.jo").GetOrThrow(),
            Identifier.AccountHandle("photo.example", "jo").GetOrThrow()
        );

    [Fact]
    public void An_identifier_prints_as_its_type_and_nothing_else() =>
        Assert.Equal("identifier:email", Identifier.Email("someone@mail.example").GetOrThrow().ToString());

    private static List<Identifier> All() =>
        [
            Identifier.Phone("+1 (202) 555-0143").GetOrThrow(),
            Identifier.Email("INFO.I@MAIL.EXAMPLE").GetOrThrow(),
            Identifier.AccountHandle("photo.example", "TITI.III").GetOrThrow(),
            Identifier.Iban("GB29 NWBK 6016 1331 9268 19").GetOrThrow(),
            Identifier.Url("HTTPS://WWW.IIII.EXAMPLE/I").GetOrThrow(),
        ];

    // Lone surrogates are refused before anything is folded.
    private static bool IsText(string text) => !text.Any(char.IsSurrogate);
}
