using System.Globalization;
using System.Text;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>Readers of what stands in lines: each value has one spelling, and no other is taken.</summary>
internal static class StrictText
{
    /// <summary>UTF-8 that throws on what is none, and writes no mark at the front.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads standard base64 with padding, without spaces and with no bits set that mean nothing.</summary>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        var isBase64 = Convert.TryFromBase64Chars(text, bytes, out var written);
        bytes = bytes[..(isBase64 ? written : 0)];
        return isBase64 && text.SequenceEqual(Convert.ToBase64String(bytes));
    }

    /// <summary>Reads a decimal number from 0 to 2^63 - 1 without leading zeros.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && (text is "0" || text[0] is not '0');

    /// <summary>Reads bytes as lines: UTF-8, no control character but the newline that ends every line.</summary>
    /// <exception cref="FormatException">They are something else.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, int maxBytes, string what)
    {
        if (bytes.Length > maxBytes)
        {
            throw new FormatException($"{what} has at most {maxBytes} bytes, got {bytes.Length}.");
        }

        if (bytes.ContainsAnyInRange((byte)0, (byte)9) || bytes.ContainsAnyInRange((byte)11, (byte)31))
        {
            throw new FormatException($"{what} contains a control character.");
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException($"{what} is not UTF-8.", exception);
        }
    }
}
