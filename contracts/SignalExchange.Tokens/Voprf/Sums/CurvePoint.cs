namespace SignalExchange.Tokens.Voprf.Sums;

/// <summary>A point of the twisted Edwards curve -x^2 + y^2 = 1 + d x^2 y^2 under ristretto255, x = X/Z, y = Y/Z, T = XY/Z.</summary>
/// <remarks>
/// Formulas: H. Hisil, K. Wong, G. Carter, E. Dawson, "Twisted Edwards Curves Revisited" (2008), sections 3.1 and 3.3; they hold for
/// all pairs of points, equal ones and the neutral one too. For public values only. Immutable.
/// </remarks>
internal readonly struct CurvePoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t)
{
    /// <summary>The neutral point.</summary>
    internal static readonly CurvePoint Neutral = new(
        FieldElement.Zero,
        FieldElement.One,
        FieldElement.One,
        FieldElement.Zero
    );

    internal readonly FieldElement X = x;
    internal readonly FieldElement Y = y;
    internal readonly FieldElement Z = z;
    internal readonly FieldElement T = t;

    /// <summary>Returns the sum.</summary>
    internal CurvePoint Add(in CachedPoint other) =>
        Sum((Y + X) * other.YPlusX, (Y - X) * other.YMinusX, T * other.TTimes2D, Z * other.Z);

    /// <summary>Returns the difference.</summary>
    internal CurvePoint Subtract(in CachedPoint other) =>
        Sum((Y + X) * other.YMinusX, (Y - X) * other.YPlusX, -(T * other.TTimes2D), Z * other.Z);

    /// <summary>Returns twice the point.</summary>
    internal CurvePoint Double()
    {
        var (xx, yy, zz) = (X.Square(), Y.Square(), Z.Square());
        var sum = yy + xx;
        var difference = yy - xx;
        var cross = (X + Y).Square() - sum;
        var rest = zz + zz - difference;
        return new(cross * rest, sum * difference, difference * rest, cross * sum);
    }

    private static CurvePoint Sum(in FieldElement plus, in FieldElement minus, in FieldElement tt, in FieldElement zz)
    {
        var twice = zz + zz;
        var (e, h) = (plus - minus, plus + minus);
        var (f, g) = (twice - tt, twice + tt);
        return new(e * f, g * h, f * g, e * h);
    }
}
