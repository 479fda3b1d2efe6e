using System.Globalization;
using System.Net;

namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>IPv4 addresses as browsers read them (WHATWG URL, "IPv4 parser"): 1 to 4 numbers, decimal, octal or hexadecimal.</summary>
internal static class LooseIPv4
{
    /// <summary>Reads an address, for example <c>127.1</c>, <c>0x7f.0.0.1</c> or <c>2130706433</c>.</summary>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out IPAddress address)
    {
        address = IPAddress.None;
        var parts = text.EndsWith('.') ? text[..^1].Split('.') : text.Split('.');
        var numbers = new uint[Math.Min(parts.Length, 4)];
        if (parts.Length > 4 || parts.Where((part, i) => !TryNumber(part, out numbers[i])).Any())
        {
            return false;
        }

        // The last number fills all bytes that the others leave.
        var value = (ulong)numbers[^1];
        if (value >= 1UL << (8 * (5 - numbers.Length)) || numbers[..^1].Any(number => number > byte.MaxValue))
        {
            return false;
        }

        for (var i = 0; i < numbers.Length - 1; i++)
        {
            value += (ulong)numbers[i] << (8 * (3 - i));
        }

        address = new([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        return true;
    }

    private static bool TryNumber(string part, out uint number)
    {
        number = 0;
        if (part.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return part.Length == 2
                || uint.TryParse(
                    part.AsSpan(2),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out number
                );
        }

        return part.Length > 1 && part[0] == '0'
            ? TryOctal(part, out number)
            : uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryOctal(string part, out uint number)
    {
        var value = 0UL;
        var isOctal = part.All(c => c is >= '0' and <= '7') && part.TrimStart('0').Length <= 11;
        if (isOctal)
        {
            value = part.Aggregate(0UL, (sum, c) => (sum * 8) + (uint)(c - '0'));
        }

        number = (uint)value;
        return isOctal && value <= uint.MaxValue;
    }
}
