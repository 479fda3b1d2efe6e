using System.Buffers;
using System.Globalization;
using System.Text;

namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>One spelling of percent-encoded text (RFC 3986, 6.2.2).</summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    );

    // What a path, query or fragment holds beside the unreserved: RFC 3986, sub-delims and ":@/?".
    private static readonly SearchValues<char> Reserved = SearchValues.Create("!$&'()*+,;=:@/?");

    /// <summary>
    /// Decodes what need not be encoded, encodes what must be (as UTF-8), and writes hexadecimal digits in upper case. A
    /// percent sign without two digits behind it becomes <c>%25</c>.
    /// </summary>
    public static string Normalize(string text)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; )
        {
            if (text[i] == '%' && TryOctet(text, i, out var octet))
            {
                Append(result, octet);
                i += 3;
                continue;
            }

            var rune = Rune.GetRuneAt(text, i);
            if (rune.IsAscii && Reserved.Contains(text[i]))
            {
                result.Append(text[i]);
            }
            else
            {
                foreach (var part in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    Append(result, part);
                }
            }

            i += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, byte octet)
    {
        if (Unreserved.Contains((char)octet))
        {
            result.Append((char)octet);
        }
        else
        {
            result.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
    }

    private static bool TryOctet(string text, int at, out byte octet)
    {
        octet = 0;
        return at + 2 < text.Length
            && char.IsAsciiHexDigit(text[at + 1])
            && byte.TryParse(
                text.AsSpan(at + 1, 2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out octet
            );
    }
}
