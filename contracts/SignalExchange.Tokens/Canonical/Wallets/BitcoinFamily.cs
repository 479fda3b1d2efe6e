namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>A chain with Bitcoin's addresses: Base58Check of a version and a hash of 20 bytes, or native segwit.</summary>
/// <param name="KeyHash">The version of pay-to-public-key-hash.</param>
/// <param name="ScriptHashes">The versions of pay-to-script-hash; the first one stands for all.</param>
/// <param name="Prefix">The prefix of segwit addresses; null if the chain has none.</param>
/// <param name="TestVersions">The versions of its test networks.</param>
/// <param name="TestPrefixes">The prefixes of its test networks.</param>
internal sealed record BitcoinFamily(
    byte KeyHash,
    byte[] ScriptHashes,
    string? Prefix,
    byte[] TestVersions,
    string[] TestPrefixes
)
{
    private const int PayloadLength = 21;

    /// <summary>Reads an address: segwit in lower case, Base58Check in the chain's newest version.</summary>
    public CanonicalProblem Read(string text, out string address)
    {
        address = text.ToLowerInvariant();
        if (TestPrefixes.Any(prefix => text.StartsWith(prefix + '1', StringComparison.OrdinalIgnoreCase)))
        {
            return CanonicalProblem.WalletTestNetwork;
        }

        return Prefix is not null && address.StartsWith(Prefix + '1', StringComparison.Ordinal)
            ? SegwitAddress.Verify(text, Prefix)
            : ReadBase58(text, out address);
    }

    private CanonicalProblem ReadBase58(string text, out string address)
    {
        address = text;
        var problem = Base58Check.Read(text, PayloadLength, out var payload);
        if (problem is not CanonicalProblem.None)
        {
            return problem;
        }

        // Litecoin moved its script hashes from Bitcoin's version to one of its own; both name the same script.
        if (ScriptHashes.Contains(payload[0]))
        {
            payload[0] = ScriptHashes[0];
            address = Base58Check.Encode(payload);
            return CanonicalProblem.None;
        }

        return payload[0] == KeyHash ? CanonicalProblem.None
            : TestVersions.Contains(payload[0]) ? CanonicalProblem.WalletTestNetwork
            : CanonicalProblem.WalletMalformed;
    }
}
