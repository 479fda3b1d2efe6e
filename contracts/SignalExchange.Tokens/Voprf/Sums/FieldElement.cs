using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SignalExchange.Tokens.Voprf.Sums;

/// <summary>An integer modulo 2^255 - 19, as five digits of 51 bits, the least significant first.</summary>
/// <remarks>
/// For public values only: nothing here hides its operands from a clock. Digits may exceed 51 bits: products and differences have digits
/// below 2^51 + 2^16, and what is multiplied may have digits below 2^52.7, so a sum of three products is fit for it. Immutable.
/// </remarks>
internal readonly struct FieldElement(ulong a, ulong b, ulong c, ulong d, ulong e)
{
    internal const int Size = 32;

    private const int DigitBits = 51;
    private const ulong DigitMask = (1UL << DigitBits) - 1;
    private const ulong Fold = 19; // 2^255 is 19.

    // Digits are multiplied as if the product were shifted by 13, so that its upper half begins at its bit 51. Both take a share
    // of the shift, or one would run over.
    private const int ProductShift = 64 - DigitBits;
    private const int LeftShift = 6;
    private const int RightShift = ProductShift - LeftShift;

    // Sixteen times the modulus: a difference never goes below zero.
    private const ulong SixteenFirst = 16 * (DigitMask - 18);
    private const ulong SixteenOthers = 16 * DigitMask;

    internal static readonly FieldElement Zero = new(0, 0, 0, 0, 0);
    internal static readonly FieldElement One = new(1, 0, 0, 0, 0);

    /// <summary>A square root of -1, as RFC 9496 section 4.1 states it.</summary>
    internal static readonly FieldElement RootOfMinusOne = new(
        0x61b274a0ea0b0,
        0xd5a5fc8f189d,
        0x7ef5e9cbd0c60,
        0x78595a6804c9e,
        0x2b8324804fc1d
    );

    private readonly ulong _a = a;
    private readonly ulong _b = b;
    private readonly ulong _c = c;
    private readonly ulong _d = d;
    private readonly ulong _e = e;

    /// <summary>Gets whether it is odd, once reduced: what RFC 9496 calls negative.</summary>
    internal bool IsNegative
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            WriteTo(bytes);
            return (bytes[0] & 1) != 0;
        }
    }

    /// <summary>Gets whether it is zero, once reduced.</summary>
    internal bool IsZero
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            WriteTo(bytes);
            return !bytes.ContainsAnyExcept((byte)0);
        }
    }

    /// <summary>Gets the one of itself and its negative that is not negative.</summary>
    internal FieldElement Absolute => IsNegative ? -this : this;

    /// <summary>Reads 255 bits, the least significant byte first; the highest bit is passed over.</summary>
    internal static FieldElement Read(ReadOnlySpan<byte> bytes)
    {
        var w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        var w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new(
            w0 & DigitMask,
            ((w0 >> 51) | (w1 << 13)) & DigitMask,
            ((w1 >> 38) | (w2 << 26)) & DigitMask,
            ((w2 >> 25) | (w3 << 39)) & DigitMask,
            (w3 >> 12) & DigitMask
        );
    }

    /// <summary>Writes it, reduced.</summary>
    internal void WriteTo(Span<byte> bytes)
    {
        var it = Carry(_a, _b, _c, _d, _e);

        // Below 2^255 + small; the quotient by the modulus, 0 or 1, is what 19 more would carry out of the top.
        var quotient = (it._a + Fold) >> DigitBits;
        quotient = (it._b + quotient) >> DigitBits;
        quotient = (it._c + quotient) >> DigitBits;
        quotient = (it._d + quotient) >> DigitBits;
        quotient = (it._e + quotient) >> DigitBits;

        var digit0 = it._a + (Fold * quotient);
        var digit1 = it._b + (digit0 >> DigitBits);
        var digit2 = it._c + (digit1 >> DigitBits);
        var digit3 = it._d + (digit2 >> DigitBits);
        var digit4 = (it._e + (digit3 >> DigitBits)) & DigitMask;
        (digit0, digit1, digit2, digit3) = (
            digit0 & DigitMask,
            digit1 & DigitMask,
            digit2 & DigitMask,
            digit3 & DigitMask
        );
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, digit0 | (digit1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (digit1 >> 13) | (digit2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (digit2 >> 26) | (digit3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (digit3 >> 39) | (digit4 << 12));
    }

    /// <summary>Tells whether both are the same, once reduced.</summary>
    internal bool IsSameAs(in FieldElement other) => (this - other).IsZero;

    /// <summary>Returns the square.</summary>
    internal FieldElement Square() => Square(1);

    /// <summary>Squares so many times.</summary>
    internal FieldElement Square(int times)
    {
        var (a, b, c, d, e) = (_a, _b, _c, _d, _e);
        for (var i = 0; i < times; i++)
        {
            SquareOnce(ref a, ref b, ref c, ref d, ref e);
        }

        return new(a, b, c, d, e);
    }

    /// <summary>Returns the power whose exponent is (p - 5) / 8, that is 2^252 - 3.</summary>
    internal FieldElement PowerForRoots()
    {
        // By doubling the run of ones in the exponent: 1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 250.
        var two = Square() * this;
        var four = two.Square(2) * two;
        var five = four.Square() * this;
        var ten = five.Square(5) * five;
        var twenty = ten.Square(10) * ten;
        var forty = twenty.Square(20) * twenty;
        var fifty = forty.Square(10) * ten;
        var hundred = fifty.Square(50) * fifty;
        var twoHundred = hundred.Square(100) * hundred;
        return (twoHundred.Square(50) * fifty).Square(2) * this;
    }

    public static FieldElement operator +(in FieldElement left, in FieldElement right) =>
        new(left._a + right._a, left._b + right._b, left._c + right._c, left._d + right._d, left._e + right._e);

    public static FieldElement operator -(in FieldElement left, in FieldElement right) =>
        Carry(
            left._a + SixteenFirst - right._a,
            left._b + SixteenOthers - right._b,
            left._c + SixteenOthers - right._c,
            left._d + SixteenOthers - right._d,
            left._e + SixteenOthers - right._e
        );

    public static FieldElement operator -(in FieldElement value) => Zero - value;

    public static FieldElement operator *(in FieldElement left, in FieldElement right)
    {
        var (a, b) = (left._a << LeftShift, left._b << LeftShift);
        var (c, d, e) = (left._c << LeftShift, left._d << LeftShift, left._e << LeftShift);
        var (v, w) = (right._a << RightShift, right._b << RightShift);
        var (x, y, z) = (right._c << RightShift, right._d << RightShift, right._e << RightShift);
        var (w19, x19, y19, z19) = (Fold * w, Fold * x, Fold * y, Fold * z);
        ulong low0 = 0,
            low1 = 0,
            low2 = 0,
            low3 = 0,
            low4 = 0;
        ulong high0 = 0,
            high1 = 0,
            high2 = 0,
            high3 = 0,
            high4 = 0;
        AddProduct(ref low0, ref high0, a, v);
        AddProduct(ref low0, ref high0, b, z19);
        AddProduct(ref low0, ref high0, c, y19);
        AddProduct(ref low0, ref high0, d, x19);
        AddProduct(ref low0, ref high0, e, w19);
        AddProduct(ref low1, ref high1, a, w);
        AddProduct(ref low1, ref high1, b, v);
        AddProduct(ref low1, ref high1, c, z19);
        AddProduct(ref low1, ref high1, d, y19);
        AddProduct(ref low1, ref high1, e, x19);
        AddProduct(ref low2, ref high2, a, x);
        AddProduct(ref low2, ref high2, b, w);
        AddProduct(ref low2, ref high2, c, v);
        AddProduct(ref low2, ref high2, d, z19);
        AddProduct(ref low2, ref high2, e, y19);
        AddProduct(ref low3, ref high3, a, y);
        AddProduct(ref low3, ref high3, b, x);
        AddProduct(ref low3, ref high3, c, w);
        AddProduct(ref low3, ref high3, d, v);
        AddProduct(ref low3, ref high3, e, z19);
        AddProduct(ref low4, ref high4, a, z);
        AddProduct(ref low4, ref high4, b, y);
        AddProduct(ref low4, ref high4, c, x);
        AddProduct(ref low4, ref high4, d, w);
        AddProduct(ref low4, ref high4, e, v);
        return Carry(low0 + (Fold * high4), low1 + high0, low2 + high1, low3 + high2, low4 + high3);
    }

    // In place and inlined, so that a row of squares stays in the processor's registers: to read a point takes 250 of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SquareOnce(
        ref ulong first,
        ref ulong second,
        ref ulong third,
        ref ulong fourth,
        ref ulong fifth
    )
    {
        var (a, b, c) = (first << LeftShift, second << LeftShift, third << LeftShift);
        var (d, e) = (fourth << LeftShift, fifth << LeftShift);
        var (v, w, x) = (first << RightShift, second << RightShift, third << RightShift);
        var (y19, z19) = (Fold * (fourth << RightShift), Fold * (fifth << RightShift));
        var (v2, w2) = (2 * v, 2 * w);
        var (b2, c2, d2) = (2 * b, 2 * c, 2 * d);
        ulong low0 = 0,
            low1 = 0,
            low2 = 0,
            low3 = 0,
            low4 = 0;
        ulong high0 = 0,
            high1 = 0,
            high2 = 0,
            high3 = 0,
            high4 = 0;
        AddProduct(ref low0, ref high0, a, v);
        AddProduct(ref low0, ref high0, b2, z19);
        AddProduct(ref low0, ref high0, c2, y19);
        AddProduct(ref low1, ref high1, d, y19);
        AddProduct(ref low1, ref high1, b, v2);
        AddProduct(ref low1, ref high1, c2, z19);
        AddProduct(ref low2, ref high2, b, w);
        AddProduct(ref low2, ref high2, c, v2);
        AddProduct(ref low2, ref high2, d2, z19);
        AddProduct(ref low3, ref high3, e, z19);
        AddProduct(ref low3, ref high3, d, v2);
        AddProduct(ref low3, ref high3, c, w2);
        AddProduct(ref low4, ref high4, c, x);
        AddProduct(ref low4, ref high4, e, v2);
        AddProduct(ref low4, ref high4, d, w2);
        low0 += Fold * high4;
        low1 += high0;
        low2 += high1;
        low3 += high2;
        low4 += high3;
        first = (low0 & DigitMask) + (Fold * (low4 >> DigitBits));
        second = (low1 & DigitMask) + (low0 >> DigitBits);
        third = (low2 & DigitMask) + (low1 >> DigitBits);
        fourth = (low3 & DigitMask) + (low2 >> DigitBits);
        fifth = (low4 & DigitMask) + (low3 >> DigitBits);
    }

    /// <summary>Adds a product of two shifted digits: what is above 51 bits to one sum, the rest to the other. Neither carries.</summary>
    /// <remarks>Two multiplications rather than one with two results: the second result would go through memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ref ulong low, ref ulong high, ulong left, ulong right)
    {
        high += Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(left, right) : Math.BigMul(left, right, out _);
        low += (left * right) >> ProductShift;
    }

    // All carries at once: enough for digits below 2^63.
    private static FieldElement Carry(ulong a, ulong b, ulong c, ulong d, ulong e) =>
        new(
            (a & DigitMask) + (Fold * (e >> DigitBits)),
            (b & DigitMask) + (a >> DigitBits),
            (c & DigitMask) + (b >> DigitBits),
            (d & DigitMask) + (c >> DigitBits),
            (e & DigitMask) + (d >> DigitBits)
        );
}
