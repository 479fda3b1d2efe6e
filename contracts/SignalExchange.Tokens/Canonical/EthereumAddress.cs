using System.Text;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Ethereum addresses: 20 bytes in hexadecimal; letters of mixed case carry a checksum (EIP-55).</summary>
internal static class EthereumAddress
{
    private const int Digits = 40;

    public static CanonicalForm Canonicalize(string address)
    {
        var digits = address.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? address[2..] : address;
        if (digits.Length != Digits || !digits.All(char.IsAsciiHexDigit))
        {
            return CanonicalProblem.Malformed;
        }

        var lower = digits.ToLowerInvariant();
        var isMixed = digits.Any(char.IsAsciiLetterLower) && digits.Any(char.IsAsciiLetterUpper);
        return isMixed && digits != WithChecksum(lower)
            ? CanonicalProblem.ChecksumWrong
            : CanonicalForm.Of("0x" + lower);
    }

    private static string WithChecksum(string lower)
    {
        var hash = Keccak256.HashData(Encoding.ASCII.GetBytes(lower));
        return string.Concat(
            lower.Select(
                (digit, place) =>
                    ((hash[place / 2] >> (place % 2 == 0 ? 4 : 0)) & 0xF) >= 8 ? char.ToUpperInvariant(digit) : digit
            )
        );
    }
}
