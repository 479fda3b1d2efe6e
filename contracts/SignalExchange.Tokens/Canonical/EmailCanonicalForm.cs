using System.Globalization;
using System.Text;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Tokens.Canonical;

/// <summary>E-mail addresses: lower case, the domain as A-labels.</summary>
internal static class EmailCanonicalForm
{
    /// <summary>The longest text that is looked at.</summary>
    public const int MaxLength = 512;

    /// <summary>Returns the address's identifier.</summary>
    public static IdentifierResult Make(string raw)
    {
        var text = raw.Trim();
        var at = text.LastIndexOf('@');
        if (raw.Length > MaxLength)
        {
            return IdentifierResult.Refuse(CanonicalProblem.TooLong);
        }

        if (at < 1 || at == text.Length - 1)
        {
            return IdentifierResult.Refuse(CanonicalProblem.EmailMalformed);
        }

        try
        {
            var domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text, at + 1);
            var address = $"{text[..at].ToLowerInvariant()}@{domain.ToLowerInvariant()}";
            return IdentifierResult.Accept(IndicatorType.Email, Encoding.UTF8.GetBytes(address));
        }
        catch (ArgumentException)
        {
            return IdentifierResult.Refuse(CanonicalProblem.HostMalformed);
        }
    }
}
