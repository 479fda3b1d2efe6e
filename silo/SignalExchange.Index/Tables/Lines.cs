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
/// What rule 3 costs, freed slots between the entries, is won back by later entries and by building the table anew:
/// see <see cref="ShardTable"/>. The garbage collector frees the old one when its last reader has left.
/// </para>
/// </remarks>
internal sealed class Lines
{
    private const int WordsInLine = Line.Size / sizeof(ulong);
    private const int OverheadBytes = 96; // this object, and the header and the alignment of its array

    private readonly ulong[] _words;
    private readonly int _firstWord;

    /// <summary>Creates an empty table.</summary>
    /// <param name="homes">The number of lines that are some fingerprint's home.</param>
    /// <param name="spare">The number of lines after them, for what the last homes cannot hold; at least one.</param>
    public Lines(int homes, int spare)
    {
        (Homes, Spare) = (homes, spare);
        _words = GC.AllocateUninitializedArray<ulong>(((homes + spare) * WordsInLine) + WordsInLine - 1, pinned: true);
        _firstWord = WordsToAlignment(_words);
        for (var line = 0; line < homes + spare; line++)
        {
            LineAt(line) = Line.Empty;
        }
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
    public long Bytes => (_words.Length * (long)sizeof(ulong)) + OverheadBytes;

    /// <summary>Returns an entry's summary; 0 when there is none. From any thread.</summary>
    public uint Find(Fingerprint fingerprint)
    {
        for (ref var line = ref HomeOf(fingerprint); ; line = ref Unsafe.Add(ref line, 1))
        {
            for (var slot = line.SlotsBelow(fingerprint); slot < Line.Slots; slot++)
            {
                var found = line.FingerprintAt(slot);
                if (found > fingerprint.Value)
                {
                    return 0;
                }

                if (found == fingerprint.Value)
                {
                    var summary = line.SummaryAt(slot);
                    if (summary != 0 && line.FingerprintAt(slot) == found)
                    {
                        return summary;
                    }
                }
            }
        }
    }

    /// <summary>Begins to bring a fingerprint's home into the cache. From any thread; a hint, without effect elsewhere.</summary>
    public unsafe void Prefetch(Fingerprint fingerprint)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref HomeOf(fingerprint)));
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
            slot.Summary = summary;
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
                slot.Summary = 0;
                Entries--;
            }
        }

        return before - Entries;
    }

    /// <summary>Copies every entry to an empty table that no reader knows yet, in order. Writer only.</summary>
    /// <returns>False when they do not fit; the target is of no use then.</returns>
    public bool TryCopyTo(Lines target)
    {
        var next = target.FirstSlot;
        for (var slot = FirstSlot; !slot.IsSameAs(LastSlot); slot = slot.Next)
        {
            if (slot.Summary == 0)
            {
                continue;
            }

            var home = new Slot(ref target.HomeOf(new(slot.Fingerprint)), 0);
            next = next.IsLeftOf(home) ? home : next;
            if (next.IsSameAs(target.LastSlot))
            {
                return false;
            }

            next.Replace(slot.Fingerprint, slot.Summary);
            next = next.Next;
        }

        target.UsedSlots = target.Entries = Entries;
        return true;
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
        var slot = new Slot(ref HomeOf(fingerprint), 0);
        while (slot.Fingerprint < fingerprint.Value)
        {
            slot = slot.Next;
        }

        return slot;
    }

    private Slot FirstSlot => new(ref LineAt(0), 0);

    // Stays unused, which is above every fingerprint: every search ends here at the latest.
    private Slot LastSlot => new(ref LineAt(Homes + Spare - 1), Line.Slots - 1);

    // D. Lemire, "Fast random integer generation in an interval" (2019): a product's upper half in place of a division.
    private ref Line HomeOf(Fingerprint fingerprint) =>
        ref LineAt((int)Math.BigMul(fingerprint.Value, (ulong)Homes, out _));

    private ref Line LineAt(int line) =>
        ref Unsafe.Add(
            ref Unsafe.As<ulong, Line>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), _firstWord)),
            line
        );

    // The array is pinned, so where it lies within a cache line stays as it is.
    private static unsafe int WordsToAlignment(ulong[] words)
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(words));
        return (int)((0 - address) % Line.Size / sizeof(ulong));
    }
}
