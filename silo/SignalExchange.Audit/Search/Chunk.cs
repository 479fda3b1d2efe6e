namespace SignalExchange.Audit.Search;

/// <summary>How entries are cut into chunks of bits.</summary>
internal static class Chunk
{
    /// <summary>Entries in a chunk: its bits fit beside others into a page of the database.</summary>
    public const int Entries = 1 << Shift;

    /// <summary>Words of 64 bits in a chunk.</summary>
    public const int Words = Entries / 64;

    private const int Shift = 14;

    /// <summary>Returns the chunk of an entry.</summary>
    public static long Of(long index) => index >> Shift;

    /// <summary>Returns the first entry of a chunk.</summary>
    public static long FirstOf(long chunk) => chunk << Shift;

    /// <summary>Returns an entry's place in its chunk.</summary>
    public static int PlaceOf(long index) => (int)(index & (Entries - 1));

    /// <summary>Sets the bits of a range of entries, as far as they are of the chunk, and clears the others.</summary>
    public static void SetRange(long chunk, long first, long end, Span<ulong> bits)
    {
        bits.Clear();
        var from = Math.Max(first, FirstOf(chunk));
        var until = Math.Min(end, FirstOf(chunk + 1));
        for (var index = from; index < until; )
        {
            var place = PlaceOf(index);
            var count = (int)Math.Min(64 - place % 64, until - index);
            bits[place / 64] |= (count == 64 ? ulong.MaxValue : (1UL << count) - 1) << (place % 64);
            index += count;
        }
    }
}
