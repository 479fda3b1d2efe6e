using System.Globalization;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Domain names of the public Internet, as A-labels in lower case.</summary>
internal static class DomainName
{
    private const int MaxLength = 253; // RFC 1035 section 2.3.4, without the root's dot

    // UTS #46; with STD3 rules a label is letters, digits and hyphens.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>Brings a domain to its one spelling.</summary>
    /// <returns>Whether it is a domain of at least two labels whose last is no number.</returns>
    public static bool TryCanonicalize(string domain, out string canonical)
    {
        canonical = "";
        try
        {
            var ascii = Idn.GetAscii(domain.TrimEnd('.')).ToLowerInvariant();
            var labels = ascii.Split('.');
            if (ascii.Length > MaxLength || labels.Length < 2 || labels[^1].All(char.IsAsciiDigit))
            {
                return false;
            }

            canonical = ascii;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
