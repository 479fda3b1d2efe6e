using System.Text;
using CsCheck;
using PhoneNumbers;

namespace SignalExchange.Tokens.Tests.Canonical.Phones;

/// <summary>However people of any country write a number of theirs, it is one identifier.</summary>
public sealed class PhoneSpellingTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private static readonly PhoneNumberType[] Types =
    [
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
    ];

    private static readonly (string Region, PhoneNumber Number)[] Examples =
    [
        .. from region in Library.GetSupportedRegions().Order(StringComparer.Ordinal)
        from type in Types
        let number = Library.GetExampleNumberForType(region, type)
        where number is not null && Library.IsValidNumber(number)
        select (region, number),
    ];

    [Fact]
    public void Every_region_of_the_library_is_tried() =>
        Assert.Equal(
            Library.GetSupportedRegions().Count,
            Examples.Select(example => example.Region).Distinct().Count()
        );

    [Fact]
    public void All_spellings_of_an_example_of_every_region_and_type_are_one_identifier()
    {
        var wrong =
            from example in Examples
            let expected = Library.Format(example.Number, PhoneNumberFormat.E164)
            from spelling in Spellings(example.Number, expected)
            let actual = Read(spelling, example.Region)
            where actual != expected
            select $"{example.Region} {spelling}: expected {expected}, got {actual}";

        var listed = wrong.ToArray();
        Assert.True(listed.Length == 0, string.Join('\n', listed.Take(40)));
    }

    [Fact]
    public void The_canonical_form_needs_no_region_and_is_its_own() =>
        Assert.All(
            Examples,
            example =>
            {
                var expected = Library.Format(example.Number, PhoneNumberFormat.E164);
                Assert.Equal(expected, Read(expected, null));
            }
        );

    [Fact]
    public void Any_number_that_is_accepted_is_valid_and_its_own_form() =>
        Gen.OneOf([.. Library.GetSupportedRegions()])
            .Select(Gen.Char["0123456789 -().+/"].Array[5, 16])
            .Sample(
                (region, characters) =>
                {
                    var result = Identifier.Phone(new string(characters), region);
                    if (!result.IsAccepted)
                    {
                        return true;
                    }

                    var form = Encoding.UTF8.GetString(result.Identifier.Canonical);
                    return Library.IsValidNumber(Library.Parse(form, null)) && Read(form, null) == form;
                },
                iter: 20_000
            );

    private static IEnumerable<string> Spellings(PhoneNumber number, string e164)
    {
        var international = Library.Format(number, PhoneNumberFormat.INTERNATIONAL);
        var national = Library.Format(number, PhoneNumberFormat.NATIONAL);
        yield return e164;
        yield return international;
        yield return national;
        yield return Library.Format(number, PhoneNumberFormat.RFC3966);
        foreach (var spelling in new[] { international, national })
        {
            yield return $"  {spelling} ";
            yield return spelling.Replace(' ', '.');
            yield return spelling.Replace(' ', '-');
            yield return spelling.Replace('-', '\u2013');
            yield return spelling.Replace(' ', '\u00A0');
            yield return string.Concat(spelling.Where(c => c != ' '));
            yield return string.Concat(spelling.Select(FullWidth));
            yield return string.Concat(spelling.Select(ArabicIndic));
            yield return $"\u202A{spelling}\u202C";
            yield return spelling + " ext. 12";
            yield return spelling + " x12";
        }
    }

    private static char FullWidth(char c) => c is > ' ' and < '\x7f' ? (char)(c + 0xFEE0) : c;

    private static char ArabicIndic(char c) => char.IsAsciiDigit(c) ? (char)(c - '0' + 0x0660) : c;

    private static string Read(string spelling, string? region)
    {
        var result = Identifier.Phone(spelling, region);
        return result.IsAccepted ? Encoding.UTF8.GetString(result.Identifier.Canonical) : result.ToString();
    }
}
