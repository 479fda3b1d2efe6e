namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Addresses of TRON: Base58Check of 0x41 and 20 bytes; explorers also show the 21 bytes in hexadecimal.</summary>
internal static class TronAddress
{
    private const byte Version = 0x41;
    private const int PayloadLength = 21;

    /// <summary>Reads an address: Base58Check, which begins with T.</summary>
    public static CanonicalProblem Read(string text, out string address)
    {
        address = text;
        if (text.Length == 2 * PayloadLength && text.All(char.IsAsciiHexDigit))
        {
            var bytes = Convert.FromHexString(text);
            address = Base58Check.Encode(bytes);
            return bytes[0] == Version ? CanonicalProblem.None : CanonicalProblem.WalletMalformed;
        }

        var problem = Base58Check.Read(text, PayloadLength, out var payload);
        return problem is CanonicalProblem.None && payload[0] != Version ? CanonicalProblem.WalletMalformed : problem;
    }
}
