using System.Text;

namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Addresses of Ethereum and all chains with its virtual machine: 20 bytes in hexadecimal.</summary>
internal static class EthereumAddress
{
    private const string Prefix = "0x";
    private const int Digits = 40;

    /// <summary>Reads an address: lower case behind <c>0x</c>. Mixed case must be EIP-55's checksum.</summary>
    public static CanonicalProblem Read(string text, out string address)
    {
        var digits = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text;
        var lower = digits.ToLowerInvariant();
        address = Prefix + lower;
        if (digits.Length != Digits || !digits.All(char.IsAsciiHexDigit))
        {
            return CanonicalProblem.WalletMalformed;
        }

        var isMixed = digits.Any(char.IsAsciiLetterLower) && digits.Any(char.IsAsciiLetterUpper);
        return isMixed && digits != WithChecksum(lower) ? CanonicalProblem.ChecksumWrong : CanonicalProblem.None;
    }

    // EIP-55: a letter is upper case if the hash's hexadecimal digit in its place is 8 or more.
    private static string WithChecksum(string lower)
    {
        var hash = Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(lower)));
        return string.Concat(lower.Select((c, i) => hash[i] >= '8' ? char.ToUpperInvariant(c) : c));
    }
}
