using System.Text;

namespace SignalExchange.Tokens.Canonical.Domains;

/// <summary>Punycode (RFC 3492) for single labels of at most 63 characters, without the <c>xn--</c>.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int TMin = 1;
    private const int TMax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialCodePoint = 0x80;

    /// <summary>Encodes a label that has characters outside ASCII (section 6.3).</summary>
    /// <param name="label">At most 256 UTF-16 units, so that no sum overflows.</param>
    public static string Encode(string label)
    {
        var points = label.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var output = new StringBuilder(string.Concat(label.Where(char.IsAscii)));
        var basic = output.Length;
        var handled = basic;
        output.Append(basic > 0 ? "-" : "");
        var (current, delta, bias) = (InitialCodePoint, 0, InitialBias);
        while (handled < points.Length)
        {
            var next = points.Where(point => point >= current).Min();
            delta += (next - current) * (handled + 1);
            current = next;
            foreach (var point in points)
            {
                delta += point < current ? 1 : 0;
                if (point == current)
                {
                    AppendInteger(output, delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    (delta, handled) = (0, handled + 1);
                }
            }

            delta++;
            current++;
        }

        return output.ToString();
    }

    /// <summary>Decodes a label (section 6.2).</summary>
    /// <param name="encoded">At most 63 ASCII characters.</param>
    /// <param name="label">The label.</param>
    /// <returns>Whether it was Punycode of characters that exist.</returns>
    public static bool TryDecode(string encoded, out string label)
    {
        label = "";
        var basic = Math.Max(encoded.LastIndexOf('-'), 0);
        var points = encoded[..basic].Select(c => (int)c).ToList();
        var (current, index, bias) = (InitialCodePoint, 0L, InitialBias);
        for (var position = basic > 0 ? basic + 1 : 0; position < encoded.Length; )
        {
            var before = index;
            if (!TryReadInteger(encoded, ref position, bias, ref index))
            {
                return false;
            }

            var count = points.Count + 1;
            bias = Adapt((int)(index - before), count, before == 0);
            current += (int)(index / count);
            index %= count;
            if (!Rune.IsValid(current))
            {
                return false;
            }

            points.Insert((int)index++, current);
        }

        label = string.Concat(points.Select(char.ConvertFromUtf32));
        return true;
    }

    private static void AppendInteger(StringBuilder output, int value, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Math.Clamp(k - bias, TMin, TMax);
            if (value < threshold)
            {
                output.Append(Digit(value));
                return;
            }

            output.Append(Digit(threshold + ((value - threshold) % (Base - threshold))));
            value = (value - threshold) / (Base - threshold);
        }
    }

    private static bool TryReadInteger(string encoded, ref int position, int bias, ref long index)
    {
        var weight = 1L;
        for (var k = Base; position < encoded.Length; k += Base)
        {
            var digit = Value(encoded[position++]);
            var threshold = Math.Clamp(k - bias, TMin, TMax);
            index += digit * weight;
            if (digit < 0 || index > int.MaxValue)
            {
                return false;
            }

            if (digit < threshold)
            {
                return true;
            }

            weight *= Base - threshold;
            if (weight > int.MaxValue)
            {
                return false;
            }
        }

        return false;
    }

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
        {
            delta /= Base - TMin;
        }

        return k + ((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int Value(char c) =>
        c switch
        {
            >= 'a' and <= 'z' => c - 'a',
            >= '0' and <= '9' => c - '0' + 26,
            _ => -1,
        };
}
