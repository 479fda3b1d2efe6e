using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SignalExchange.Index.Tables;

/// <summary>A hash table of a fixed size that one thread writes while any number read, none of them ever waiting.</summary>
/// <remarks>
/// <para>
/// An ordered hash table with linear probing (O. Amble, D. Knuth, "Ordered hash tables", The Computer Journal 17(2), 1974)
/// in buckets of one cache line. A fingerprint's home is the line that lies as far into the table as the fingerprint lies
/// into its range; so the whole table is one ascending sequence with room in it, and a search for what is not there ends
/// at the first greater one, not at the first gap.
/// </para>
/// <para>
/// Why a reader never misses an entry, though nothing locks it out. The writer keeps three rules:
/// (1) an entry moves to the right only, and by one slot at a time;
/// (2) it is whole in its new slot before its old one is written over;
/// (3) a removed entry leaves its fingerprint behind and only frees the slot.
/// So the fingerprint in a slot only ever falls, and an entry that stood to the right of a slot once does so for ever. The
/// reader goes from left to right. Where it has seen something smaller, the sought entry was to the right, and still is;
/// where it then sees something greater, the sought entry cannot be here or further on, so it is not there. A slot that
/// holds the fingerprint but is free, or changes while its summary is read, is that of a removed entry or is being written
/// over: in either case the search goes on to the right.
/// </para>
/// <para>
/// What rule 3 costs, freed slots between the entries, is won back by later entries and by building the table anew, see
/// <see cref="ShardTable"/>. A table that was replaced is frozen, and its memory soon another's; so a reader looks, after
/// it has read, whether the table still is the current one, and if not, begins again in the new one.
/// </para>
/// </remarks>
internal sealed unsafe class Lines
{
    private const int LeastRegionBytes = 128 * 1024; // above it, what a whole last page costs is little
    private const int OverheadBytes = 96; // this object, and the header of a small table's array

    private readonly RegionPool _pool;
    private readonly Region? _region;
    private readonly ulong[]? _words;
    private readonly Line* _first;
    private readonly Line* _end;

    /// <summary>Creates an empty table.</summary>
    /// <param name="homes">The number of lines that are some fingerprint's home.</param>
    /// <param name="spare">The number of lines after them, for what the last homes cannot hold; at least one.</param>
    /// <param name="pool">Where the memory of a large table comes from; that of a small one is the collector's.</param>
    public Lines(int homes, int spare, RegionPool pool)
    {
        (Homes, Spare, _pool) = (homes, spare, pool);
        var bytes = (nuint)(homes + spare) * Line.Size;
        if (bytes >= LeastRegionBytes)
        {
            _region = pool.Rent(bytes);
            _first = (Line*)_region.Address;
        }
        else
        {
            _words = GC.AllocateUninitializedArray<ulong>((int)(bytes + Line.Size) / sizeof(ulong), pinned: true);
            _first = FirstLineIn(_words);
        }

        _end = _first + homes + spare;
        new Span<Line>(_first, homes + spare).Fill(Line.Empty);
    }

    /// <summary>Gets the number of lines that are some fingerprint's home.</summary>
    public int Homes { get; }

    /// <summary>Gets the number of lines after them.</summary>
    public int Spare { get; }

    /// <summary>Gets the number of slots that hold a fingerprint, be it of a removed entry.</summary>
    public int UsedSlots { get; private set; }

    /// <summary>Gets the number of entries.</summary>
    public int Entries { get; private set; }

    /// <summary>Gets the memory that the table takes.</summary>
    public long Bytes =>
        OverheadBytes
        + (_words is null ? RoundUp((byte*)_end - (byte*)_first, Region.PageBytes) : _words.LongLength * sizeof(ulong));

    /// <summary>Gets the first line.</summary>
    internal Line* First => _first;

    /// <summary>Gets what is behind the last line.</summary>
    internal Line* End => _end;

    private Slot FirstSlot => new(_first, 0);

    // Stays unused, which is above every fingerprint: every search ends here at the latest.
    private Slot LastSlot => new(_end - 1, Line.Slots - 1);

    /// <summary>Returns an entry's summary; 0 when there is none. From any thread.</summary>
    /// <param name="current">Where the current table stands; another may take its place meanwhile.</param>
    /// <param name="fingerprint">The entry.</param>
    public static uint Find(ref readonly Lines current, Fingerprint fingerprint)
    {
        while (true)
        {
            var lines = Volatile.Read(in current);
            var summary = lines.Find(fingerprint);
            if (ReferenceEquals(lines, Volatile.Read(in current)))
            {
                return summary;
            }
        }
    }

    /// <summary>Begins to bring a fingerprint's home into the cache. From any thread; a hint, without effect elsewhere.</summary>
    public void Prefetch(Fingerprint fingerprint)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(HomeOf(fingerprint));
        }
    }

    /// <summary>Adds, changes or removes an entry. Writer only.</summary>
    /// <param name="fingerprint">The entry.</param>
    /// <param name="summary">Its summary; 0 removes it.</param>
    /// <returns>False when there is no room for it; nothing is changed then.</returns>
    public bool TrySet(Fingerprint fingerprint, uint summary)
    {
        var slot = FirstSlotNotBelow(fingerprint);
        if (slot.Fingerprint == fingerprint.Value)
        {
            Entries += (summary != 0 ? 1 : 0) - (slot.Summary != 0 ? 1 : 0);
            slot.SetSummary(summary);
            return true;
        }

        return summary == 0 || TryInsert(slot, fingerprint, summary);
    }

    /// <summary>Removes every entry whose summary is at or below a limit. Writer only.</summary>
    /// <returns>How many.</returns>
    public int RemoveUpTo(uint limit)
    {
        var before = Entries;
        for (var slot = FirstSlot; !slot.IsSameAs(LastSlot); slot = slot.Next)
        {
            if (slot.Summary - 1 < limit) // from 1 to the limit: a free slot's 0 wraps round to the greatest
            {
                slot.SetSummary(0);
                Entries--;
            }
        }

        return before - Entries;
    }

    /// <summary>Copies every entry to an empty table that no reader knows yet, in order. Writer only.</summary>
    /// <param name="target">Where the next entry goes, at the beginning of that table.</param>
    /// <returns>False when they do not fit; the target is of no use then.</returns>
    public bool TryCopyTo(ref LinesEnd target)
    {
        for (var slot = FirstSlot; !slot.IsSameAs(LastSlot); slot = slot.Next)
        {
            if (slot.Summary != 0 && !target.TryAppend(slot.Fingerprint, slot.Summary))
            {
                return false;
            }
        }

        target.Lines.MarkFilled(Entries);
        return true;
    }

    /// <summary>Writes every entry down, in order. Writer only.</summary>
    /// <param name="packed">Receives them; room for <see cref="Entries"/> of <see cref="PackedEntry.Size"/> bytes.</param>
    public void Pack(Span<byte> packed)
    {
        for (var slot = FirstSlot; !slot.IsSameAs(LastSlot); slot = slot.Next)
        {
            if (slot.Summary != 0)
            {
                PackedEntry.Write(packed, slot.Fingerprint, slot.Summary);
                packed = packed[PackedEntry.Size..];
            }
        }
    }

    /// <summary>Says how many entries were put in at the table's end, while no reader knew it.</summary>
    public void MarkFilled(int entries) => UsedSlots = Entries = entries;

    /// <summary>Gives the memory back, for another table to use. Only after readers cannot find this one any more.</summary>
    public void Release()
    {
        if (_region is not null)
        {
            _pool.Return(_region);
        }
    }

    // Bounded, since memory of a table that was replaced may hold anything: then the answer is not used.
    private uint Find(Fingerprint fingerprint)
    {
        for (var line = HomeOf(fingerprint); line < _end; line++)
        {
            for (var slot = line->SlotsBelow(fingerprint); slot < Line.Slots; slot++)
            {
                var found = line->FingerprintAt(slot);
                if (found > fingerprint.Value)
                {
                    return 0;
                }

                if (found == fingerprint.Value)
                {
                    var summary = line->SummaryAt(slot);
                    if (summary != 0 && line->FingerprintAt(slot) == found)
                    {
                        return summary;
                    }
                }
            }
        }

        return 0;
    }

    // Every other entry from the slot on moves one to the right, the rightmost first, up to the first slot that is free.
    private bool TryInsert(Slot slot, Fingerprint fingerprint, uint summary)
    {
        var free = slot;
        while (free.Summary != 0)
        {
            free = free.Next;
        }

        if (free.IsSameAs(LastSlot))
        {
            return false;
        }

        UsedSlots += free.Fingerprint == Line.NeverUsed ? 1 : 0;
        Entries++;
        while (!free.IsSameAs(slot))
        {
            var left = free.Previous;
            free.Replace(left.Fingerprint, left.Summary);
            free = left;
        }

        slot.Replace(fingerprint.Value, summary);
        return true;
    }

    private Slot FirstSlotNotBelow(Fingerprint fingerprint)
    {
        var slot = new Slot(HomeOf(fingerprint), 0);
        while (slot.Fingerprint < fingerprint.Value)
        {
            slot = slot.Next;
        }

        return slot;
    }

    // D. Lemire, "Fast random integer generation in an interval" (2019): a product's upper half in place of a division.
    private Line* HomeOf(Fingerprint fingerprint) => _first + Math.BigMul(fingerprint.Value, (ulong)Homes, out _);

    // The array is pinned, so where it lies within a cache line stays as it is.
    private static Line* FirstLineIn(ulong[] words) =>
        (Line*)RoundUp((long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(words)), Line.Size);

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
