using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Banking;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Bank accounts by IBAN (ISO 13616): upper case without blanks, length and structure of its country, check digits verified.</summary>
internal static class IbanCanonicalForm
{
    /// <summary>The longest text that is looked at: 34 characters, spaced, with a label.</summary>
    public const int MaxLength = 96;

    private const int HeadLength = 4;
    private const string Label = "IBAN";

    /// <summary>Returns the account's identifier.</summary>
    public static IdentifierResult Make(string raw)
    {
        var problem = RawText.Read(raw, MaxLength, out var text);
        if (problem is CanonicalProblem.None)
        {
            problem = Read(text, out text);
        }

        return problem is CanonicalProblem.None
            ? IdentifierResult.Accept(IndicatorType.Iban, Encoding.ASCII.GetBytes(text))
            : IdentifierResult.Refuse(problem);
    }

    private static CanonicalProblem Read(string text, out string iban)
    {
        iban = string.Concat(CaseFolding.NfkcCasefold(text).Where(c => c is not (' ' or '-'))).ToUpperInvariant();
        iban = iban.StartsWith(Label, StringComparison.Ordinal) ? iban[Label.Length..].TrimStart(':') : iban;
        if (iban.Length <= HeadLength || !iban.All(char.IsAsciiLetterOrDigit))
        {
            return CanonicalProblem.IbanMalformed;
        }

        if (!IbanCountries.Contains(iban[..2]))
        {
            return CanonicalProblem.IbanCountryUnknown;
        }

        return !IbanCountries.Fits(iban[..2], iban[HeadLength..]) ? CanonicalProblem.IbanMalformed
            : !HasRightCheckDigits(iban) ? CanonicalProblem.ChecksumWrong
            : CanonicalProblem.None;
    }

    // ISO 7064 MOD 97-10. Check digits lie between 02 and 98: 00, 01 and 99 leave the same remainder and would be a second
    // spelling of an account.
    private static bool HasRightCheckDigits(string iban)
    {
        var remainder = 0;
        foreach (var c in iban[HeadLength..] + iban[..HeadLength])
        {
            remainder = char.IsAsciiDigit(c)
                ? ((remainder * 10) + c - '0') % 97
                : ((remainder * 100) + c - 'A' + 10) % 97;
        }

        return remainder == 1 && iban[2..HeadLength] is not ("00" or "01" or "99");
    }
}
