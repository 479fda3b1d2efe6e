using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>The chains whose addresses have a canonical form, and their other names.</summary>
/// <remarks>
/// All chains with Ethereum's virtual machine share the namespace <c>ethereum</c>: one key has one address on all of them,
/// and people pay to it on whichever is cheapest. A fixed list, part of the form's version.
/// </remarks>
internal static class Chains
{
    /// <summary>Gets the rule of each chain.</summary>
    public static FrozenDictionary<string, WalletRule> Rules { get; } =
        new Dictionary<string, WalletRule>(StringComparer.Ordinal)
        {
            ["bitcoin"] = new BitcoinFamily(0x00, [0x05], "bc", [0x6F, 0xC4], ["tb", "bcrt"]).Read,
            ["litecoin"] = new BitcoinFamily(0x30, [0x32, 0x05], "ltc", [0x6F, 0x3A, 0xC4], ["tltc", "rltc"]).Read,
            ["dogecoin"] = new BitcoinFamily(0x1E, [0x16], null, [0x71, 0x6F, 0xC4], []).Read,
            ["ethereum"] = EthereumAddress.Read,
            ["tron"] = TronAddress.Read,
            ["solana"] = SolanaAddress.Read,
            ["monero"] = MoneroAddress.Read,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets the other names, by which the slug is found.</summary>
    public static FrozenDictionary<string, string> Aliases { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["btc"] = "bitcoin",
            ["xbt"] = "bitcoin",
            ["ltc"] = "litecoin",
            ["doge"] = "dogecoin",
            ["eth"] = "ethereum",
            ["evm"] = "ethereum",
            ["polygon"] = "ethereum",
            ["matic"] = "ethereum",
            ["bsc"] = "ethereum",
            ["bnb-smart-chain"] = "ethereum",
            ["arbitrum"] = "ethereum",
            ["optimism"] = "ethereum",
            ["base"] = "ethereum",
            ["avalanche"] = "ethereum",
            ["trx"] = "tron",
            ["sol"] = "solana",
            ["xmr"] = "monero",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
