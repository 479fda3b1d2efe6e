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

    private ulong[][] _pages;
    private int[] _used;
    private int _count;

    /// <summary>Creates an empty table.</summary>
    /// <param name="expected">How many numbers it is about to take.</param>
    public BandTable(int expected = 0)
    {
        _used = new int[PagesFor(expected)];
        var room = expected / _used.Length * 5 / 4;
        _pages = Array.ConvertAll(_used, _ => new ulong[Math.Max(FirstLength, room)]);
    }

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
                numbers[found++] = NumberIn(slot);
            }
        }

        return found;
    }

    /// <summary>Puts a number under a fingerprint. What it stands for must have been written before.</summary>
    public void Add(uint fingerprint, uint number) => AddSlot(((ulong)fingerprint << NumberBits) | (number + 1));

    /// <summary>Puts a slot in, as <see cref="CopySlots"/> returned it.</summary>
    public void AddSlot(ulong slot)
    {
        if (_count >= _pages.Length * EntriesInPage)
        {
            Spread(2 * _pages.Length, static _ => true);
        }

        var page = PageOf(FingerprintOf(slot), _pages.Length);
        if (_used[page] == CapacityOf(_pages[page].Length))
        {
            Grow(page);
        }

        Put(_pages[page], slot);
        _used[page]++;
        _count++;
    }

    /// <summary>Copies the slots that are in use. Writer only.</summary>
    public List<ulong> CopySlots()
    {
        var copy = new List<ulong>(_count);
        copy.AddRange(Entries());
        return copy;
    }

    /// <summary>Returns the number in a slot.</summary>
    public static uint NumberIn(ulong slot) => (uint)slot - 1;

    /// <summary>Takes out what need not be kept.</summary>
    /// <param name="keeps">Whether a number stays.</param>
    public void Rebuild(Func<uint, bool> keeps)
    {
        var kept = Entries().Count(slot => keeps(NumberIn(slot)));
        if (kept < _count)
        {
            Spread(PagesFor(kept), keeps);
        }
    }

    private IEnumerable<ulong> Entries() => _pages.SelectMany(page => page).Where(slot => slot != 0);

    /// <summary>Puts what is kept on so many pages.</summary>
    private void Spread(int count, Func<uint, bool> keeps)
    {
        var used = new int[count];
        foreach (var slot in Entries().Where(slot => keeps(NumberIn(slot))))
        {
            used[PageOf(FingerprintOf(slot), count)]++;
        }

        var pages = Array.ConvertAll(used, it => new ulong[Math.Max(FirstLength, it + (it / 4))]);
        foreach (var slot in Entries().Where(slot => keeps(NumberIn(slot))))
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

    private static int PagesFor(int entries) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)(entries / EntriesInPage) + 1);

    private static uint FingerprintOf(ulong slot) => (uint)(slot >> NumberBits);

    private static int CapacityOf(int length) => length - (length / 8);

    private static int PageOf(uint fingerprint, int pages) => (int)(((ulong)fingerprint * (uint)pages) >> NumberBits);

    private static int PlaceOf(uint fingerprint, int pages, ulong[] slots) =>
        (int)(((ulong)unchecked(fingerprint * (uint)pages) * (uint)slots.Length) >> NumberBits);

    private static int Next(int at, ulong[] slots) => at + 1 == slots.Length ? 0 : at + 1;
}
