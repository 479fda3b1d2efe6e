namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Addresses of Solana: 32 bytes in Base58, without a checksum, so a slip of the pen is not found out.</summary>
internal static class SolanaAddress
{
    private const int Length = 32;

    /// <summary>Reads an address.</summary>
    public static CanonicalProblem Read(string text, out string address)
    {
        address = text;
        return Base58.TryDecode(text, out var bytes) && bytes.Length == Length
            ? CanonicalProblem.None
            : CanonicalProblem.WalletMalformed;
    }
}
