namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Payment links (BIP-21 and its kin): <c>bitcoin:address?amount=1</c>.</summary>
internal static class WalletUri
{
    // EIP-681 allows "pay-" before the address and "@" with a chain's number behind it.
    private const string Pay = "pay-";

    /// <summary>Returns the address of a link; any other text as it is.</summary>
    /// <param name="chain">The chain's slug; a link of another chain stays as it is, and no rule accepts it.</param>
    /// <param name="text">An address or a link.</param>
    public static string Read(string chain, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : text[..colon].ToLowerInvariant();
        if (colon < 0 || Chains.Aliases.GetValueOrDefault(scheme, scheme) != chain)
        {
            return text;
        }

        var address = text[(colon + 1)..].Split('?')[0].Split('@')[0];
        return address.StartsWith(Pay, StringComparison.Ordinal) ? address[Pay.Length..] : address;
    }
}
