namespace SignalExchange.Index.Tables;

/// <summary>The entries of one shard: fingerprint to summary, in 14 to 16 bytes an entry whatever their number.</summary>
/// <remarks>
/// One thread writes at a time; readers need nothing. Grows and shrinks by small steps, each a new set of lines that is
/// filled aside and then put in place of the old: 83 to 91 of 100 home slots are in use. A step moves every entry once, and follows at least three changes for every hundred.
/// </remarks>
internal sealed class ShardTable
{
    /// <summary>The lines behind the homes: what runs over is seldom more than ten entries, whatever the table's size.</summary>
    internal const int UsualSpare = 3;

    private const int FewestHomes = 4;
    private const int LeastPercent = 83;
    private const int BuiltPercent = 86;
    private const int MostPercent = 91;

    private readonly Lines[] _published;
    private readonly int _place;
    private readonly RegionPool _pool;

    /// <summary>Creates an empty table.</summary>
    /// <param name="published">Where readers find the lines of all shards: one step from the lines, for speed.</param>
    /// <param name="place">This shard's place in it.</param>
    /// <param name="pool">Where the memory comes from.</param>
    public ShardTable(Lines[] published, int place, RegionPool pool)
    {
        (_published, _place, _pool) = (published, place, pool);
        Current = new(FewestHomes, UsualSpare, pool);
    }

    /// <summary>Gets the lines to read from, at this moment. From any thread.</summary>
    public Lines Current
    {
        get => Volatile.Read(ref _published[_place]);
        private set => Volatile.Write(ref _published[_place], value);
    }

    /// <summary>Returns an entry's summary; 0 when there is none. From any thread, without waiting.</summary>
    public uint Find(Fingerprint fingerprint) => Lines.Find(in _published[_place], fingerprint);

    /// <summary>Adds, changes or removes an entry; a summary of 0 removes it. Writer only.</summary>
    public void Set(Fingerprint fingerprint, uint summary)
    {
        while (!Current.TrySet(fingerprint, summary))
        {
            Rebuild(2 * Current.Spare);
        }

        KeepWellFilled();
    }

    /// <summary>Removes every entry whose summary is at or below a limit. Writer only.</summary>
    /// <returns>How many.</returns>
    public int RemoveUpTo(uint limit)
    {
        var removed = Current.RemoveUpTo(limit);
        KeepWellFilled();
        return removed;
    }

    /// <summary>Takes lines in place of its own, which it gives back. Writer only.</summary>
    public void Take(Lines lines)
    {
        var old = Current;
        Current = lines;
        old.Release();
    }

    /// <summary>Returns how many homes a table is built with that has so many entries.</summary>
    internal static int HomesToBuild(int entries) => HomesFor(entries, BuiltPercent);

    private void KeepWellFilled()
    {
        if (!IsWellFilled(Current))
        {
            Rebuild(UsualSpare);
        }
    }

    // Twice the spare lines until all fit: fingerprints that crowd at the end cost room there, and nowhere else.
    private void Rebuild(int spare)
    {
        var old = Current;
        var end = new LinesEnd(new Lines(HomesToBuild(old.Entries), spare, _pool));
        while (!old.TryCopyTo(ref end))
        {
            end.Lines.Release();
            spare *= 2;
            end = new LinesEnd(new Lines(HomesToBuild(old.Entries), spare, _pool));
        }

        Take(end.Lines);
    }

    private static bool IsWellFilled(Lines lines) =>
        lines.UsedSlots <= (long)lines.Homes * Line.Slots * MostPercent / 100
        && lines.Homes <= HomesFor(lines.Entries, LeastPercent);

    private static int HomesFor(int entries, int percent) =>
        Math.Max(FewestHomes, (int)(((long)entries * 100 / (percent * Line.Slots)) + 1));
}
