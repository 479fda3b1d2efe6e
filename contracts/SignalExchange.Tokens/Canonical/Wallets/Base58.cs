using System.Buffers;
using System.Numerics;

namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Base58 in Bitcoin's alphabet: digits and letters without 0, O, I and l. Case carries meaning.</summary>
internal static class Base58
{
    /// <summary>The alphabet, in order of value.</summary>
    public const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    // The work grows with the square of the length; no address is half as long.
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    /// <summary>Decodes a text.</summary>
    /// <returns>Whether every character is of the alphabet.</returns>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExcept(Characters))
        {
            return false;
        }

        var value = text.Aggregate(
            BigInteger.Zero,
            (sum, c) => (sum * 58) + Alphabet.IndexOf(c, StringComparison.Ordinal)
        );

        // Each leading 1 stands for a zero byte, which the number cannot hold.
        var zeros = text.TakeWhile(c => c == '1').Count();
        var tail = value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes = [.. new byte[zeros], .. tail];
        return true;
    }

    /// <summary>Encodes bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var zeros = bytes.IndexOfAnyExcept((byte)0);
        var text = new Stack<char>();
        for (var value = new BigInteger(bytes, isUnsigned: true, isBigEndian: true); !value.IsZero; value /= 58)
        {
            text.Push(Alphabet[(int)(value % 58)]);
        }

        return new string('1', zeros < 0 ? bytes.Length : zeros) + string.Concat(text);
    }
}
