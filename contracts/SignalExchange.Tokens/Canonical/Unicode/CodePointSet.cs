namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>A set of code points, kept as sorted ranges. Immutable; membership is a binary search.</summary>
internal sealed class CodePointSet
{
    private readonly int[] _firsts;
    private readonly int[] _lasts;

    /// <summary>Makes the set of ranges that are sorted and don't touch.</summary>
    public CodePointSet(IEnumerable<(int First, int Last)> ranges)
    {
        var all = ranges.ToArray();
        _firsts = [.. all.Select(range => range.First)];
        _lasts = [.. all.Select(range => range.Last)];
    }

    /// <summary>Returns whether the code point is in the set.</summary>
    public bool Contains(int codePoint)
    {
        var found = Array.BinarySearch(_firsts, codePoint);
        var candidate = found >= 0 ? found : ~found - 1;
        return candidate >= 0 && codePoint <= _lasts[candidate];
    }
}
