namespace SignalExchange.Tokens.Canonical;

/// <summary>Segwit addresses: bech32 for version 0 (BIP-173), bech32m for the others (BIP-350).</summary>
internal static class SegwitAddress
{
    private const string Charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int MaxLength = 90;
    private const int ChecksumLength = 6;
    private const uint Bech32 = 1;
    private const uint Bech32M = 0x2bc830a3;

    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    public static CanonicalForm Canonicalize(string address, string prefix)
    {
        var lower = address.ToLowerInvariant();
        if (
            address.Length > MaxLength
            || (address.Any(char.IsAsciiLetterLower) && address.Any(char.IsAsciiLetterUpper))
        )
        {
            return CanonicalProblem.Malformed;
        }

        var separator = lower.LastIndexOf('1');
        var data = lower[(separator + 1)..]
            .Select(letter => Charset.IndexOf(letter, StringComparison.Ordinal))
            .ToArray();
        if (lower[..separator] != prefix || data.Length <= ChecksumLength || data.Contains(-1))
        {
            return CanonicalProblem.Malformed;
        }

        var version = data[0];
        if (Polymod(Expand(prefix).Concat(data)) != (version == 0 ? Bech32 : Bech32M))
        {
            return CanonicalProblem.ChecksumWrong;
        }

        return IsProgram(version, data[1..^ChecksumLength]) ? CanonicalForm.Of(lower) : CanonicalProblem.Malformed;
    }

    // BIP-173: 2 to 40 bytes; version 0 has 20 or 32; at most four padding bits, all zero.
    private static bool IsProgram(int version, int[] data)
    {
        var bits = data.Length * 5;
        var length = bits / 8;
        var padding = bits % 8;
        return version <= 16
            && length is >= 2 and <= 40
            && (version != 0 || length is 20 or 32)
            && padding <= 4
            && (data[^1] & ((1 << padding) - 1)) == 0;
    }

    private static IEnumerable<int> Expand(string prefix) =>
        prefix.Select(letter => letter >> 5).Append(0).Concat(prefix.Select(letter => letter & 31));

    private static uint Polymod(IEnumerable<int> values)
    {
        var check = 1u;
        foreach (var value in values)
        {
            var top = check >> 25;
            check = ((check & 0x1ffffff) << 5) ^ (uint)value;
            for (var bit = 0; bit < Generator.Length; bit++)
            {
                check ^= ((top >> bit) & 1) == 1 ? Generator[bit] : 0;
            }
        }

        return check;
    }
}
