using PhoneNumbers;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Telephone numbers: E.164 by libphonenumber, valid ones only.</summary>
internal static class PhoneForm
{
    private const int MaxLength = 100;
    private const int Mexico = 52;

    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    public static CanonicalForm Make(string raw, string? defaultRegion)
    {
        var problem = CanonicalText.Clean(raw, MaxLength, out var text);
        if (problem != CanonicalProblem.None)
        {
            return problem;
        }

        var region = defaultRegion?.ToUpperInvariant();
        if (region is not null && !Phones.GetSupportedRegions().Contains(region))
        {
            return CanonicalProblem.RegionUnknown;
        }

        if (HoldsSeveral(text))
        {
            return CanonicalProblem.SeveralNumbers;
        }

        try
        {
            return Check(Phones.Parse(text, region));
        }
        catch (NumberParseException failure)
        {
            return ProblemOf(failure, text, region);
        }
    }

    private static CanonicalForm Check(PhoneNumber parsed)
    {
        var number = WithoutOldMexicanPrefix(parsed.ToBuilder().ClearExtension().Build());

        // Parsing alone takes "two one two 5550123" for +15550123: only what a number plan knows is a number.
        if (!Phones.IsValidNumber(number))
        {
            return CanonicalProblem.NumberInvalid;
        }

        return Phones.GetNumberType(number) == PhoneNumberType.VOICEMAIL
            ? CanonicalProblem.NumberNotDiallable
            : CanonicalForm.Of(Phones.Format(number, PhoneNumberFormat.E164));
    }

    /// <summary>Mexican mobiles were dialled +52 1 until 2019; the number plan of today does not know the 1.</summary>
    private static PhoneNumber WithoutOldMexicanPrefix(PhoneNumber number)
    {
        var digits = number.NationalNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return number.CountryCode == Mexico && digits.Length == 11 && digits[0] == '1'
            ? number.ToBuilder().SetNationalNumber(number.NationalNumber - 10_000_000_000UL).Build()
            : number;
    }

    /// <summary>Two numbers joined by a plus, slash, comma, semicolon or "or": the library would read the first and drop the other.</summary>
    private static bool HoldsSeveral(string text)
    {
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var pieces = text.Split(['+', '/', ',', ';', '|', '\u2022'], StringSplitOptions.RemoveEmptyEntries);
        return pieces.Count(piece => piece.Count(char.IsDigit) >= 7) > 1;
    }

    private static CanonicalProblem ProblemOf(NumberParseException failure, string text, string? region) =>
        failure.ErrorType switch
        {
            ErrorType.INVALID_COUNTRY_CODE => region is null && !text.Contains('+', StringComparison.Ordinal)
                ? CanonicalProblem.RegionMissing
                : CanonicalProblem.NumberInvalid,
            ErrorType.TOO_LONG => CanonicalProblem.TooLong,
            ErrorType.TOO_SHORT_AFTER_IDD or ErrorType.TOO_SHORT_NSN => CanonicalProblem.NumberNotDiallable,
            _ => CanonicalProblem.Malformed,
        };
}
