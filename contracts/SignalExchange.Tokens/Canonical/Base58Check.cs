using System.Numerics;
using System.Security.Cryptography;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Base58 with a checksum of four bytes of double SHA-256, as Bitcoin has it.</summary>
internal static class Base58Check
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int ChecksumLength = 4;
    private const int MaxLength = 64;

    public static bool IsAlphabet(string text) =>
        text.Length > 0 && text.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal));

    /// <summary>Reads the payload, version byte first.</summary>
    /// <returns>Whether it is base58 with a right checksum.</returns>
    public static bool TryDecode(string text, out byte[] payload)
    {
        payload = [];
        if (text.Length > MaxLength || !IsAlphabet(text))
        {
            return false;
        }

        var number = text.Aggregate(
            BigInteger.Zero,
            (value, letter) => (value * 58) + Alphabet.IndexOf(letter, StringComparison.Ordinal)
        );
        var zeros = text.TakeWhile(letter => letter == Alphabet[0]).Count();
        byte[] bytes =
        [
            .. new byte[zeros],
            .. number.IsZero ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true),
        ];
        if (bytes.Length <= ChecksumLength)
        {
            return false;
        }

        payload = bytes[..^ChecksumLength];
        return SHA256
            .HashData(SHA256.HashData(payload))
            .AsSpan(0, ChecksumLength)
            .SequenceEqual(bytes.AsSpan()[^ChecksumLength..]);
    }
}
