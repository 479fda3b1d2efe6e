namespace SignalExchange.Index.Tables;

/// <summary>The entries of one shard: fingerprint to summary, in 14 to 16 bytes an entry whatever their number.</summary>
/// <remarks>
/// One thread writes at a time; readers need nothing. Grows and shrinks by small steps, each a new set of lines that is
/// filled aside and then put in place of the old: between steps 82 to 91 of 100 home slots are in use, so a growing table
/// never stands half empty. A step moves every entry once and follows at least one change in twenty-five entries.
/// </remarks>
internal sealed class ShardTable
{
    private const int FewestHomes = 4;

    // What runs over the end of a table as full as this is seldom more than ten entries, whatever its size.
    private const int UsualSpare = 3;
    private const int LeastPercent = 82;
    private const int BuiltPercent = 86;
    private const int MostPercent = 91;

    private Lines _lines = new(FewestHomes, UsualSpare);

    /// <summary>Gets the number of entries. From any thread.</summary>
    public int Count => Current.Entries;

    /// <summary>Gets the memory that the entries take. From any thread.</summary>
    public long Bytes => Current.Bytes;

    private Lines Current => Volatile.Read(ref _lines);

    private bool IsWellFilled =>
        _lines.UsedSlots <= (long)_lines.Homes * Line.Slots * MostPercent / 100
        && _lines.Homes <= HomesFor(_lines.Entries, LeastPercent);

    /// <summary>Returns an entry's summary; 0 when there is none. From any thread, without waiting.</summary>
    public uint Find(Fingerprint fingerprint) => Current.Find(fingerprint);

    /// <summary>Begins to bring an entry's place into the cache. From any thread.</summary>
    public void Prefetch(Fingerprint fingerprint) => Current.Prefetch(fingerprint);

    /// <summary>Adds, changes or removes an entry; a summary of 0 removes it. Writer only.</summary>
    public void Set(Fingerprint fingerprint, uint summary)
    {
        while (!_lines.TrySet(fingerprint, summary))
        {
            Rebuild(2 * _lines.Spare);
        }

        KeepWellFilled();
    }

    /// <summary>Removes every entry whose summary is at or below a limit. Writer only.</summary>
    /// <returns>How many.</returns>
    public int RemoveUpTo(uint limit)
    {
        var removed = _lines.RemoveUpTo(limit);
        KeepWellFilled();
        return removed;
    }

    private void KeepWellFilled()
    {
        if (!IsWellFilled)
        {
            Rebuild(UsualSpare);
        }
    }

    // Twice the spare lines until all fit: fingerprints that crowd at the end cost room there, and nowhere else.
    private void Rebuild(int spare)
    {
        var homes = HomesFor(_lines.Entries, BuiltPercent);
        var rebuilt = new Lines(homes, spare);
        while (!_lines.TryCopyTo(rebuilt))
        {
            spare *= 2;
            rebuilt = new Lines(homes, spare);
        }

        Volatile.Write(ref _lines, rebuilt);
    }

    private static int HomesFor(int entries, int percent) =>
        Math.Max(FewestHomes, (int)(((long)entries * 100 / (percent * Line.Slots)) + 1));
}
