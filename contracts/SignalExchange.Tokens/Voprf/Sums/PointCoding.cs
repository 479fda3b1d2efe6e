namespace SignalExchange.Tokens.Voprf.Sums;

/// <summary>Reads elements as points and writes points as elements: RFC 9496 sections 4.2, 4.3.1 and 4.3.2.</summary>
/// <remarks>For public values only. The names of the variables are the RFC's. Pure.</remarks>
internal static class PointCoding
{
    private static readonly FieldElement D = new(
        0x34dca135978a3,
        0x1a8283b156ebd,
        0x5e7a26001c029,
        0x739c663a03cbb,
        0x52036cee2b6ff
    );

    private static readonly FieldElement InverseRootOfAMinusD = new(
        0xfdaa805d40ea,
        0x2eb482e57d339,
        0x7610274bc58,
        0x6510b613dc8ff,
        0x786c8905cfaff
    );

    /// <summary>Reads packed elements, up to the first that is not valid.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="points">Where as many points go.</param>
    /// <returns>The place of the first that is not valid, from 0; -1 if all are.</returns>
    internal static int DecodeAll(ReadOnlySpan<byte> elements, Span<CurvePoint> points)
    {
        for (var place = 0; place < elements.Length / FieldElement.Size; place++)
        {
            if (!TryDecode(elements.Slice(place * FieldElement.Size, FieldElement.Size), out points[place]))
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>Reads an element.</summary>
    /// <returns>False if the bytes are not the encoding of a point, or are the identity's, which RFC 9497 section 2.1 refuses.</returns>
    internal static bool TryDecode(ReadOnlySpan<byte> element, out CurvePoint point)
    {
        point = default;
        var s = FieldElement.Read(element);
        if (!element.ContainsAnyExcept((byte)0) || !IsReduced(element, s) || s.IsNegative)
        {
            return false;
        }

        var ss = s.Square();
        var (u1, u2) = (FieldElement.One - ss, FieldElement.One + ss);
        var u2Squared = u2.Square();
        var v = -(D * u1.Square()) - u2Squared;
        var wasSquare = TryInvertRoot(v * u2Squared, out var inverseRoot);
        var denX = inverseRoot * u2;
        var denY = inverseRoot * denX * v;
        var x = ((s + s) * denX).Absolute;
        var y = u1 * denY;
        var t = x * y;
        point = new(x, y, FieldElement.One, t);
        return wasSquare && !t.IsNegative && !y.IsZero;
    }

    /// <summary>Writes a point's element.</summary>
    internal static void Encode(in CurvePoint point, Span<byte> element)
    {
        var u1 = (point.Z + point.Y) * (point.Z - point.Y);
        var u2 = point.X * point.Y;
        _ = TryInvertRoot(u1 * u2.Square(), out var inverseRoot); // a square always
        var (den1, den2) = (inverseRoot * u1, inverseRoot * u2);
        var zInverse = den1 * den2 * point.T;
        var isRotated = (point.T * zInverse).IsNegative;
        var x = isRotated ? point.Y * FieldElement.RootOfMinusOne : point.X;
        var y = isRotated ? point.X * FieldElement.RootOfMinusOne : point.Y;
        var denInverse = isRotated ? den1 * InverseRootOfAMinusD : den2;
        y = (x * zInverse).IsNegative ? -y : y;
        (denInverse * (point.Z - y)).Absolute.WriteTo(element);
    }

    private static bool IsReduced(ReadOnlySpan<byte> bytes, in FieldElement value)
    {
        Span<byte> reduced = stackalloc byte[FieldElement.Size];
        value.WriteTo(reduced);
        return reduced.SequenceEqual(bytes);
    }

    /// <summary>SQRT_RATIO_M1(1, v) of section 4.2: the root of 1/v that is not negative, or else that of i/v.</summary>
    /// <returns>Whether v is a square other than zero.</returns>
    private static bool TryInvertRoot(in FieldElement v, out FieldElement root)
    {
        var v3 = v.Square() * v;
        var v7 = v3.Square() * v;
        root = v3 * v7.PowerForRoots();
        var check = v * root.Square();
        var isRoot = check.IsSameAs(FieldElement.One);
        var isRootOfMinus = check.IsSameAs(-FieldElement.One);
        if (isRootOfMinus || check.IsSameAs(-FieldElement.RootOfMinusOne))
        {
            root *= FieldElement.RootOfMinusOne;
        }

        root = root.Absolute;
        return isRoot || isRootOfMinus;
    }
}
