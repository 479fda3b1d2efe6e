using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Wallet addresses: chain, a zero byte, and the address in one spelling, its checksum verified.</summary>
/// <remarks>One Ethereum key has the same address on every EVM chain, so they share the name <c>ethereum</c>.</remarks>
internal static class WalletForm
{
    private const int MaxLength = 128;

    private static readonly FrozenDictionary<string, Func<string, CanonicalForm>> Chains = new Dictionary<
        string,
        Func<string, CanonicalForm>
    >(StringComparer.Ordinal)
    {
        // Version bytes: bitcoin/src/kernel/chainparams.cpp and its descendants'; main networks only.
        ["bitcoin"] = address => Coin(address, "bc", 0x00, 0x05),
        ["litecoin"] = address => Coin(address, "ltc", 0x30, 0x32, 0x05),
        ["dogecoin"] = address => Coin(address, null, 0x1E, 0x16),
        ["tron"] = address => Coin(address, null, 0x41),
        ["ethereum"] = EthereumAddress.Canonicalize,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static CanonicalForm Make(string chain, string raw)
    {
        if (!Chains.TryGetValue(chain.Trim().ToLowerInvariant(), out var canonicalize))
        {
            return chain.Trim().Length == 0 ? CanonicalProblem.NamespaceInvalid : CanonicalProblem.KindUnknown;
        }

        var problem = CanonicalText.Clean(raw, MaxLength, out var text);
        if (problem != CanonicalProblem.None)
        {
            return problem;
        }

        var form = canonicalize(WithoutUri(text));
        return form.Bytes is { } bytes
            ? CanonicalForm.Of($"{chain.Trim().ToLowerInvariant()}\0{System.Text.Encoding.ASCII.GetString(bytes)}")
            : form;
    }

    // BIP-21 and EIP-681: "bitcoin:ADDRESS?amount=1".
    private static string WithoutUri(string text)
    {
        var address = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return address.Split('?', '@')[0];
    }

    private static CanonicalForm Coin(string address, string? prefix, params byte[] versions)
    {
        if (prefix is not null && address.StartsWith(prefix + "1", StringComparison.OrdinalIgnoreCase))
        {
            return SegwitAddress.Canonicalize(address, prefix);
        }

        if (!Base58Check.TryDecode(address, out var payload))
        {
            return Base58Check.IsAlphabet(address) ? CanonicalProblem.ChecksumWrong : CanonicalProblem.Malformed;
        }

        return payload.Length != 21 || !versions.Contains(payload[0])
            ? CanonicalProblem.KindUnknown
            : CanonicalForm.Of(address);
    }
}
