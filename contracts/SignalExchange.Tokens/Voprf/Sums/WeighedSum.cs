using System.Buffers;

namespace SignalExchange.Tokens.Voprf.Sums;

/// <summary>Sums up elements, each times a scalar of its own: all of them share the doublings, which are most of the work.</summary>
/// <remarks>
/// E. Straus, "Addition chains of vectors" (1964). Takes a fifth to a quarter of what as many multiplications in libsodium do, which has
/// no such function. Its time depends on its operands: <b>for public values only</b>, as those that composites are made of
/// (<see cref="Composites"/>). A wrong sum makes a good proof fail; it never makes a bad one pass but by chance.
/// For one flow at a time.
/// </remarks>
internal ref struct WeighedSum : IDisposable
{
    // 32 elements share 256 doublings; their multiples, 40 KiB, still fit a core's cache.
    private const int TermsAtOnce = 32;

    private readonly CachedPoint[] _multiples;
    private readonly sbyte[] _digits;
    private CurvePoint _sum = CurvePoint.Neutral;
    private int _terms;

    /// <summary>Begins with the identity, and with borrowed memory.</summary>
    public WeighedSum()
    {
        _multiples = ArrayPool<CachedPoint>.Shared.Rent(TermsAtOnce * SignedDigits.Multiples);
        _digits = ArrayPool<sbyte>.Shared.Rent(TermsAtOnce * SignedDigits.Count);
    }

    /// <summary>Adds an element times a scalar.</summary>
    /// <param name="scalar">Below the group's order.</param>
    /// <param name="element">The element.</param>
    /// <returns>False if the bytes are not the encoding of a point, or are the identity's.</returns>
    internal bool TryAdd(scoped ReadOnlySpan<byte> scalar, scoped ReadOnlySpan<byte> element)
    {
        if (!PointCoding.TryDecode(element, out var point))
        {
            return false;
        }

        Add(scalar, point);
        return true;
    }

    /// <summary>Adds a point times a scalar.</summary>
    /// <param name="scalar">Below the group's order.</param>
    /// <param name="point">The point.</param>
    internal void Add(scoped ReadOnlySpan<byte> scalar, scoped in CurvePoint point)
    {
        WriteMultiples(point, _multiples.AsSpan(_terms * SignedDigits.Multiples, SignedDigits.Multiples));
        SignedDigits.Write(scalar, _digits.AsSpan(_terms * SignedDigits.Count, SignedDigits.Count));
        if (++_terms == TermsAtOnce)
        {
            SumUp();
        }
    }

    /// <summary>Writes the sum; all zero if it is the identity.</summary>
    internal void WriteTo(scoped Span<byte> element)
    {
        SumUp();
        PointCoding.Encode(_sum, element);
    }

    /// <inheritdoc/>
    public readonly void Dispose()
    {
        ArrayPool<CachedPoint>.Shared.Return(_multiples);
        ArrayPool<sbyte>.Shared.Return(_digits);
    }

    private static void WriteMultiples(in CurvePoint point, Span<CachedPoint> multiples)
    {
        var twice = new CachedPoint(point.Double());
        var multiple = point;
        multiples[0] = new(point);
        for (var i = 1; i < multiples.Length; i++)
        {
            multiple = multiple.Add(twice);
            multiples[i] = new(multiple);
        }
    }

    private void SumUp()
    {
        var sum = CurvePoint.Neutral;
        for (var place = SignedDigits.Count - 1; place >= 0 && _terms > 0; place--)
        {
            sum = AddDigits(sum.Double(), place);
        }

        _sum = _sum.Add(new CachedPoint(sum));
        _terms = 0;
    }

    private readonly CurvePoint AddDigits(CurvePoint sum, int place)
    {
        for (var term = 0; term < _terms; term++)
        {
            var digit = _digits[(term * SignedDigits.Count) + place];
            if (digit > 0)
            {
                sum = sum.Add(_multiples[(term * SignedDigits.Multiples) + (digit / 2)]);
            }
            else if (digit < 0)
            {
                sum = sum.Subtract(_multiples[(term * SignedDigits.Multiples) + (-digit / 2)]);
            }
        }

        return sum;
    }
}
