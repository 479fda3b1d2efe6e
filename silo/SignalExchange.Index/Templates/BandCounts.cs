using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalExchange.Index.Templates;

/// <summary>In how many ads of the last days each band was seen, roughly: a count-min sketch a day, and their sum.</summary>
/// <remarks>
/// <para>
/// Four rows of 2^18 counters; a band's count is the least of its four (G. Cormode, S. Muthukrishnan, "An improved data stream summary",
/// 2005). It is never too low, and too high by more than 0.05 % of the ads with a chance of 2 % at most: 48 bands an ad are 48 e / 2^18 of all
/// that is counted. Counters say of no band which it was; no band is kept.
/// </para>
/// <para>Not safe for two threads at once; its owner holds a lock. 36 MB with seven days, allocated with the first ad.</para>
/// </remarks>
internal sealed class BandCounts(int days)
{
    private const int Rows = 4;
    private const int WidthBits = 18;
    private const int Width = 1 << WidthBits;

    private readonly int[]?[] _days = new int[]?[days];
    private readonly long[] _adsOfDay = new long[days];
    private readonly int[] _sums = new int[days == 0 ? 0 : Rows * Width];
    private long _today;

    /// <summary>Gets how many ads were counted.</summary>
    public long Ads => _adsOfDay.Sum();

    /// <summary>Counts an ad.</summary>
    /// <param name="hashes">Its bands.</param>
    /// <param name="counted">A bit for each of them that counts.</param>
    /// <param name="day">The day, counted from any one on.</param>
    public void Add(ReadOnlySpan<ulong> hashes, ulong counted, long day)
    {
        MoveTo(day);
        var counts = _days[_today % _days.Length] ??= new int[Rows * Width];
        _adsOfDay[_today % _days.Length]++;
        for (var band = 0; band < hashes.Length; band++)
        {
            for (var row = 0; row < Rows && (counted & (1UL << band)) != 0; row++)
            {
                var cell = CellOf(hashes[band], row);
                counts[cell]++;
                _sums[cell]++;
            }
        }
    }

    /// <summary>Returns a bit for each band that was seen in more ads than so many.</summary>
    public ulong FindAbove(ReadOnlySpan<ulong> hashes, long limit)
    {
        var above = 0UL;
        for (var band = 0; band < hashes.Length; band++)
        {
            above |= CountOf(hashes[band]) > limit ? 1UL << band : 0;
        }

        return above;
    }

    /// <summary>Forgets the days that are over.</summary>
    public void MoveTo(long day)
    {
        // Who looked at the clock before midnight, and comes after somebody who looked later, counts into the present day.
        for (var gone = Math.Min(day - _today, _days.Length); gone > 0; gone--)
        {
            Forget((day - gone + 1) % _days.Length);
        }

        _today = Math.Max(_today, day);
    }

    private void Forget(long place)
    {
        if (_days[place] is { } counts)
        {
            var vectors = MemoryMarshal.Cast<int, Vector<int>>(counts.AsSpan());
            var sums = MemoryMarshal.Cast<int, Vector<int>>(_sums.AsSpan());
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] -= vectors[i];
            }
        }

        _days[place] = null;
        _adsOfDay[place] = 0;
    }

    private int CountOf(ulong hash)
    {
        var least = int.MaxValue;
        for (var row = 0; row < Rows; row++)
        {
            least = Math.Min(least, _sums[CellOf(hash, row)]);
        }

        return least;
    }

    // Each row takes other bits of the hash; what one row confuses, the next does not.
    private static int CellOf(ulong hash, int row) =>
        (row * Width) + (int)(BitOperations.RotateLeft(hash, row * (64 / Rows)) >> (64 - WidthBits));
}
