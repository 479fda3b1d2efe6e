using PhoneNumbers;

namespace SignalExchange.Tokens.Canonical.Phones;

/// <summary>Mexico's old prefixes for mobiles and long distance, void since August 2019 but kept in address books.</summary>
internal static class MexicanPrefix
{
    private const int CountryCode = 52;
    private const int Length = 10;

    private static readonly string[] Prefixes = ["1", "01", "044", "045"];

    /// <summary>Returns the number of ten digits behind an old prefix; any other number as it is.</summary>
    public static PhoneNumber Strip(PhoneNumber number)
    {
        if (number.CountryCode != CountryCode)
        {
            return number;
        }

        var digits = PhoneNumberUtil.GetInstance().GetNationalSignificantNumber(number);
        var isOld = Prefixes.Contains(digits[..Math.Max(0, digits.Length - Length)], StringComparer.Ordinal);
        return isOld ? PhoneNumberUtil.GetInstance().Parse($"+{CountryCode}{digits[^Length..]}", null) : number;
    }
}
