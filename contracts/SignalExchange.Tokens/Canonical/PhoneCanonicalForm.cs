using System.Text;
using PhoneNumbers;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Telephone numbers: E.164 with the plus and without an extension, only if the numbering plan has the number.</summary>
internal static class PhoneCanonicalForm
{
    /// <summary>The longest text that is looked at: what libphonenumber itself refuses beyond.</summary>
    public const int MaxLength = 250;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Returns the number's identifier.</summary>
    public static IdentifierResult Make(string raw, string? defaultRegion)
    {
        if (raw.Length > MaxLength)
        {
            return IdentifierResult.Refuse(CanonicalProblem.TooLong);
        }

        try
        {
            var number = Library.Parse(raw, defaultRegion);
            return Library.IsValidNumber(number)
                ? IdentifierResult.Accept(
                    IndicatorType.PhoneE164,
                    Encoding.UTF8.GetBytes(Library.Format(number, PhoneNumberFormat.E164))
                )
                : IdentifierResult.Refuse(CanonicalProblem.PhoneInvalid);
        }
        catch (NumberParseException)
        {
            return IdentifierResult.Refuse(
                defaultRegion is null ? CanonicalProblem.RegionMissing : CanonicalProblem.PhoneMalformed
            );
        }
    }
}
