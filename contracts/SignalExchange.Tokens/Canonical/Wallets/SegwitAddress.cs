namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Native segregated-witness addresses: version 0 in Bech32 (BIP-173), later ones in Bech32m (BIP-350).</summary>
internal static class SegwitAddress
{
    private const int MaxVersion = 16;

    /// <summary>Verifies an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="expectedPrefix">The chain's prefix, for example <c>bc</c>.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Verify(string text, string expectedPrefix)
    {
        if (
            !Bech32.TryDecode(text, out var prefix, out var data, out var constant)
            || prefix != expectedPrefix
            || data.Length == 0
            || data[0] > MaxVersion
        )
        {
            return CanonicalProblem.WalletMalformed;
        }

        if (constant != (data[0] == 0 ? Bech32.Plain : Bech32.Modified))
        {
            return CanonicalProblem.ChecksumWrong;
        }

        return TryRegroup(data.AsSpan(1), out var program) && HasRightLength(data[0], program)
            ? CanonicalProblem.None
            : CanonicalProblem.WalletMalformed;
    }

    private static bool HasRightLength(byte version, int program) =>
        version == 0 ? program is 20 or 32 : program is >= 2 and <= 40;

    // Values of five bits to bytes: what is left over must be fewer than five bits, all zero.
    private static bool TryRegroup(ReadOnlySpan<byte> values, out int bytes)
    {
        var bits = values.Length * 5;
        var padding = bits % 8;
        bytes = bits / 8;
        return padding < 5 && (values.IsEmpty || (values[^1] & ((1 << padding) - 1)) == 0);
    }
}
