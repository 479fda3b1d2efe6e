namespace SignalExchange.Index.Templates;

/// <summary>From a fingerprint to the numbers that stand under it: a short list each, in one flat array without references.</summary>
/// <remarks>
/// <para>
/// Open addressing with linear probing. A slot holds a fingerprint of 32 bits above a number of 32 bits, one more than it is; 0 is a
/// free slot. A fingerprint's place is its share of the array, so slots lie almost in order, and an array of any length will do: it grows
/// by a quarter at four fifths, which costs 10 to 12.5 bytes an entry.
/// </para>
/// <para>
/// One writer, held off by its caller; readers never wait. An entry appears whole or not at all, and what was written before it is seen
/// with it. Entries are taken out by <see cref="Rebuild"/>, into another array.
/// </para>
/// </remarks>
internal sealed class BandTable
{
    private const int FirstLength = 64;
    private const int NumberBits = 32;

    private ulong[] _slots;
    private int _used;

    /// <summary>Creates an empty table.</summary>
    /// <param name="expected">How many numbers it is about to take.</param>
    public BandTable(int expected = 0) => _slots = new ulong[Math.Max(FirstLength, expected + (expected / 2))];

    /// <summary>Gets the bytes that the table takes.</summary>
    public long Bytes => Volatile.Read(ref _slots).LongLength * sizeof(ulong);

    /// <summary>Finds the numbers under a fingerprint.</summary>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <param name="numbers">Receives them; no more than there is room for.</param>
    /// <returns>How many.</returns>
    public int Find(uint fingerprint, Span<uint> numbers)
    {
        var slots = Volatile.Read(ref _slots);
        var found = 0;
        for (var at = PlaceOf(fingerprint, slots.Length); found < numbers.Length; at = Next(at, slots.Length))
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
        if (_used >= _slots.Length / 5 * 4)
        {
            Copy(_slots.Length + (_slots.Length / 4), static _ => true);
        }

        Put(_slots, slot);
        _used++;
    }

    /// <summary>Copies the slots that are in use. Writer only.</summary>
    public List<ulong> CopySlots()
    {
        var copy = new List<ulong>(_used);
        copy.AddRange(_slots.Where(slot => slot != 0));
        return copy;
    }

    /// <summary>Returns the number in a slot.</summary>
    public static uint NumberIn(ulong slot) => (uint)slot - 1;

    /// <summary>Takes out what need not be kept.</summary>
    /// <param name="keeps">Whether a number stays.</param>
    public void Rebuild(Func<uint, bool> keeps)
    {
        var kept = 0;
        foreach (var slot in _slots)
        {
            kept += slot != 0 && keeps(NumberIn(slot)) ? 1 : 0;
        }

        if (kept < _used)
        {
            Copy(Math.Max(FirstLength, kept + (kept / 2)), keeps);
        }
    }

    private void Copy(int length, Func<uint, bool> keeps)
    {
        var copy = new ulong[length];
        var used = 0;
        foreach (var slot in _slots)
        {
            if (slot != 0 && keeps(NumberIn(slot)))
            {
                Put(copy, slot);
                used++;
            }
        }

        Volatile.Write(ref _slots, copy);
        _used = used;
    }

    private static void Put(ulong[] slots, ulong slot)
    {
        var at = PlaceOf((uint)(slot >> NumberBits), slots.Length);
        while (slots[at] != 0)
        {
            at = Next(at, slots.Length);
        }

        Volatile.Write(ref slots[at], slot);
    }

    private static int PlaceOf(uint fingerprint, int length) =>
        (int)(((ulong)fingerprint * (uint)length) >> NumberBits);

    private static int Next(int at, int length) => at + 1 == length ? 0 : at + 1;
}
