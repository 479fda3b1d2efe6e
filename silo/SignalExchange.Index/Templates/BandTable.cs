using System.Numerics;

namespace SignalExchange.Index.Templates;

/// <summary>From a fingerprint to the numbers that stand under it: a short list each, in flat arrays without references.</summary>
/// <remarks>
/// <para>
/// Open addressing with linear probing. A slot holds a fingerprint of 32 bits above a number of 32 bits, one more than it is; 0 is a
/// free slot. A fingerprint's page is its share of the pages, its place the rest's share of the page, so slots lie almost in order, and a page
/// of any length will do: it grows by an eighth at seven eighths, which costs 9 to 10.5 bytes an entry. Pages have some thousand entries:
/// one array a table would be left behind as garbage of megabytes each time that it grows, and the collector would keep the gaps.
/// </para>
/// <para>
/// One writer, held off by its caller; readers never wait. An entry appears whole or not at all, and what was written before it is seen
/// with it. Entries are taken out by <see cref="Rebuild"/>, into other pages.
/// </para>
/// </remarks>
internal sealed class BandTable
{
    private const int FirstLength = 64;
    private const int EntriesInPage = 4_096;
    private const int NumberBits = 32;
    private const int HeaderBytes = 24; // of an array

    private ulong[][] _pages = [new ulong[FirstLength]];
    private int[] _used = [0];
    private int _count;

    /// <summary>Gets the bytes that the table takes.</summary>
    public long Bytes => Volatile.Read(ref _pages).Sum(page => HeaderBytes + (page.LongLength * sizeof(ulong)));

    /// <summary>Finds the numbers under a fingerprint.</summary>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <param name="numbers">Receives them; no more than there is room for.</param>
    /// <returns>How many.</returns>
    public int Find(uint fingerprint, Span<uint> numbers)
    {
        var pages = Volatile.Read(ref _pages);
        var slots = Volatile.Read(ref pages[PageOf(fingerprint, pages.Length)]);
        var found = 0;
        for (var at = PlaceOf(fingerprint, pages.Length, slots); found < numbers.Length; at = Next(at, slots))
        {
            var slot = Volatile.Read(ref slots[at]);
            if (slot == 0)
            {
                break;
            }

            if ((uint)(slot >> NumberBits) == fingerprint)
            {
                numbers[found++] = (uint)slot - 1;
            }
        }

        return found;
    }

    /// <summary>Puts a number under a fingerprint. What it stands for must have been written before.</summary>
    public void Add(uint fingerprint, uint number)
    {
        if (_count >= _pages.Length * EntriesInPage)
        {
            Spread(2 * _pages.Length, static _ => true);
        }

        var page = PageOf(fingerprint, _pages.Length);
        if (_used[page] == CapacityOf(_pages[page].Length))
        {
            Grow(page);
        }

        Put(_pages[page], ((ulong)fingerprint << NumberBits) | (number + 1));
        _used[page]++;
        _count++;
    }

    /// <summary>Takes out what need not be kept.</summary>
    /// <param name="keeps">Whether a number stays.</param>
    public void Rebuild(Func<uint, bool> keeps)
    {
        var kept = Entries().Count(slot => keeps((uint)slot - 1));
        if (kept < _count)
        {
            Spread((int)BitOperations.RoundUpToPowerOf2((uint)(kept / EntriesInPage) + 1), keeps);
        }
    }

    private IEnumerable<ulong> Entries() => _pages.SelectMany(page => page).Where(slot => slot != 0);

    /// <summary>Puts what is kept on so many pages.</summary>
    private void Spread(int count, Func<uint, bool> keeps)
    {
        var used = new int[count];
        foreach (var slot in Entries().Where(slot => keeps((uint)slot - 1)))
        {
            used[PageOf(FingerprintOf(slot), count)]++;
        }

        var pages = Array.ConvertAll(used, it => new ulong[Math.Max(FirstLength, it + (it / 4))]);
        foreach (var slot in Entries().Where(slot => keeps((uint)slot - 1)))
        {
            Put(pages[PageOf(FingerprintOf(slot), count)], slot, count);
        }

        Volatile.Write(ref _pages, pages);
        (_used, _count) = (used, used.Sum());
    }

    private void Grow(int page)
    {
        var slots = _pages[page];
        var grown = new ulong[slots.Length + (slots.Length / 8)];
        foreach (var slot in slots)
        {
            if (slot != 0)
            {
                Put(grown, slot);
            }
        }

        Volatile.Write(ref _pages[page], grown);
    }

    private void Put(ulong[] slots, ulong slot) => Put(slots, slot, _pages.Length);

    private static void Put(ulong[] slots, ulong slot, int pages)
    {
        var at = PlaceOf(FingerprintOf(slot), pages, slots);
        while (slots[at] != 0)
        {
            at = Next(at, slots);
        }

        Volatile.Write(ref slots[at], slot);
    }

    private static uint FingerprintOf(ulong slot) => (uint)(slot >> NumberBits);

    private static int CapacityOf(int length) => length - (length / 8);

    private static int PageOf(uint fingerprint, int pages) => (int)(((ulong)fingerprint * (uint)pages) >> NumberBits);

    private static int PlaceOf(uint fingerprint, int pages, ulong[] slots) =>
        (int)(((ulong)unchecked(fingerprint * (uint)pages) * (uint)slots.Length) >> NumberBits);

    private static int Next(int at, ulong[] slots) => at + 1 == slots.Length ? 0 : at + 1;
}
