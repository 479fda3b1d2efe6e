using System.Text;
using PhoneNumbers;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Phones;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Telephone numbers: E.164 with the plus and without an extension, only if the numbering plan has the number.</summary>
/// <remarks>
/// <para>
/// libphonenumber reads the number; what it is too kind to is refused before (<see cref="PhoneText"/>) or after. It drops
/// leading words, so <c>two one two 5550123</c> is a valid number in Iceland; and it dials trailing words, so
/// <c>030 123456 bob</c> is one in Berlin. A number is accepted only if it is valid, never if it is merely possible.
/// </para>
/// <para>
/// The forms depend on libphonenumber's metadata: a range opened after version 9.0.43 is refused until canon-1's successor.
/// </para>
/// </remarks>
internal static class PhoneCanonicalForm
{
    /// <summary>The longest text that is looked at: libphonenumber's own limit.</summary>
    public const int MaxLength = 250;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Returns the number's identifier.</summary>
    /// <param name="raw">The number.</param>
    /// <param name="defaultRegion">Where it would be dialled; null or blank if unknown.</param>
    public static IdentifierResult Make(string raw, string? defaultRegion)
    {
        var region = string.IsNullOrWhiteSpace(defaultRegion) ? null : defaultRegion.Trim().ToUpperInvariant();
        if (region is not null && !Library.GetSupportedRegions().Contains(region))
        {
            return IdentifierResult.Refuse(CanonicalProblem.RegionUnknown);
        }

        var problem = RawText.Read(raw, MaxLength, out var text);
        if (problem is CanonicalProblem.None)
        {
            problem = PhoneText.Read(text, out text);
        }

        return problem is CanonicalProblem.None ? Parse(text, region) : IdentifierResult.Refuse(problem);
    }

    private static IdentifierResult Parse(string text, string? region)
    {
        if (region is null && !text.StartsWith('+'))
        {
            return IdentifierResult.Refuse(CanonicalProblem.RegionMissing);
        }

        try
        {
            var number = MexicanPrefix.Strip(Library.Parse(text, region));
            var problem = Judge(number, isVanity: text.Any(char.IsAsciiLetter));
            return problem is CanonicalProblem.None
                ? IdentifierResult.Accept(
                    IndicatorType.PhoneE164,
                    Encoding.UTF8.GetBytes(Library.Format(number, PhoneNumberFormat.E164))
                )
                : IdentifierResult.Refuse(problem);
        }
        catch (NumberParseException refused)
        {
            return IdentifierResult.Refuse(
                refused.ErrorType is ErrorType.NOT_A_NUMBER
                    ? CanonicalProblem.PhoneMalformed
                    : CanonicalProblem.PhoneInvalid
            );
        }
    }

    private static CanonicalProblem Judge(PhoneNumber number, bool isVanity)
    {
        if (!Library.IsValidNumber(number))
        {
            return ShortNumberInfo.GetInstance().IsPossibleShortNumber(number)
                ? CanonicalProblem.PhoneNotDiallable
                : CanonicalProblem.PhoneInvalid;
        }

        return isVanity && !TakesLetters(number) ? CanonicalProblem.PhoneMalformed : CanonicalProblem.None;
    }

    // Letters spell digits on every phone of North America; elsewhere only on service numbers. Anything else with letters
    // is a number with a word behind it.
    private static bool TakesLetters(PhoneNumber number) =>
        number.CountryCode == 1
        || Library.GetNumberType(number)
            is PhoneNumberType.TOLL_FREE
                or PhoneNumberType.SHARED_COST
                or PhoneNumberType.PREMIUM_RATE
                or PhoneNumberType.UAN;
}
