using System.Buffers.Binary;

namespace SignalExchange.Tokens.Voprf.Sums;

/// <summary>Writes a scalar as signed digits: most are zero, the others odd and small, so that few additions are left.</summary>
internal static class SignedDigits
{
    /// <summary>How many digits a scalar has.</summary>
    internal const int Count = 256;

    /// <summary>How many odd multiples of a point its digits ask for: 1, 3, 5 ... 15.</summary>
    internal const int Multiples = 8;

    private const int Width = 5;
    private const int Radix = 1 << Width;

    /// <summary>Computes the width-5 non-adjacent form: the scalar is the sum of digit i times 2^i.</summary>
    /// <param name="scalar">Below the group's order, the least significant byte first.</param>
    /// <param name="digits">Where the digits go, each zero or odd and from -15 to 15.</param>
    internal static void Write(ReadOnlySpan<byte> scalar, Span<sbyte> digits)
    {
        digits = digits[..Count];
        digits.Clear();
        Span<ulong> words = stackalloc ulong[5];
        for (var i = 0; i < 4; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(scalar[(8 * i)..]);
        }

        words[4] = 0;
        var carry = 0UL;
        for (var place = 0; place < Count; )
        {
            var (word, bit) = Math.DivRem(place, 64);
            var bits = bit <= 64 - Width ? words[word] >> bit : (words[word] >> bit) | (words[word + 1] << (64 - bit));
            var window = carry + (bits & (Radix - 1));
            if ((window & 1) == 0)
            {
                // Even: this digit is zero and the carry goes on to the next.
                place++;
                continue;
            }

            carry = window < Radix / 2 ? 0UL : 1UL;
            digits[place] = (sbyte)((long)window - (carry == 0 ? 0 : Radix));
            place += Width;
        }
    }
}
