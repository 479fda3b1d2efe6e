namespace SignalExchange.Tokens.Voprf.Sums;

/// <summary>A point in the form in which it is added fastest.</summary>
/// <remarks>For public values only. Immutable.</remarks>
internal readonly struct CachedPoint(in CurvePoint point)
{
    // Twice d of RFC 9496 section 4.1.
    private static readonly FieldElement TwiceD = new(
        0x69b9426b2f159,
        0x35050762add7a,
        0x3cf44c0038052,
        0x6738cc7407977,
        0x2406d9dc56dff
    );

    internal readonly FieldElement YPlusX = point.Y + point.X;
    internal readonly FieldElement YMinusX = point.Y - point.X;
    internal readonly FieldElement Z = point.Z;
    internal readonly FieldElement TTimes2D = point.T * TwiceD;
}
