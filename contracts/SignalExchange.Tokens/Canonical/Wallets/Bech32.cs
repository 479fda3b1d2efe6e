using System.Buffers;

namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Bech32 (BIP-173) and Bech32m (BIP-350): a prefix, data of five bits a character, a checksum of six characters.</summary>
internal static class Bech32
{
    /// <summary>The checksum's constant of BIP-173.</summary>
    public const uint Plain = 1;

    /// <summary>The checksum's constant of BIP-350.</summary>
    public const uint Modified = 0x2BC830A3;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int MaxLength = 90;
    private const int ChecksumLength = 6;

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    private static readonly uint[] Generator = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];

    /// <summary>Decodes a text.</summary>
    /// <param name="text">The text, in one case.</param>
    /// <param name="prefix">What stands before the last 1, in lower case.</param>
    /// <param name="data">Values of five bits, without the checksum.</param>
    /// <param name="constant">What the checksum comes to: <see cref="Plain"/>, <see cref="Modified"/>, or something else if it is wrong.</param>
    /// <returns>Whether it has the form; the constant says whether the checksum is right.</returns>
    public static bool TryDecode(string text, out string prefix, out byte[] data, out uint constant)
    {
        (prefix, data, constant) = ("", [], 0);
        var separator = text.LastIndexOf('1');
        var lower = text.ToLowerInvariant();
        var isMixed = text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper);
        if (
            isMixed
            || separator < 1
            || text.Length > MaxLength
            || text.Length - separator - 1 < ChecksumLength
            || text.AsSpan().ContainsAnyExceptInRange('!', '~')
            || lower.AsSpan(separator + 1).ContainsAnyExcept(Characters)
        )
        {
            return false;
        }

        prefix = lower[..separator];
        byte[] values = [.. lower[(separator + 1)..].Select(c => (byte)Alphabet.IndexOf(c, StringComparison.Ordinal))];
        data = values[..^ChecksumLength];
        constant = Polymod([.. Expand(prefix), .. values]);
        return true;
    }

    private static IEnumerable<byte> Expand(string prefix) =>
        [.. prefix.Select(c => (byte)(c >> 5)), 0, .. prefix.Select(c => (byte)(c & 31))];

    private static uint Polymod(IEnumerable<byte> values)
    {
        var checksum = 1u;
        foreach (var value in values)
        {
            var top = checksum >> 25;
            checksum = ((checksum & 0x1FFFFFF) << 5) ^ value;
            for (var i = 0; i < Generator.Length; i++)
            {
                checksum ^= ((top >> i) & 1) == 1 ? Generator[i] : 0;
            }
        }

        return checksum;
    }
}
