namespace SignalExchange.Audit.Search;

/// <summary>The row id of a chunk of bits: facet (8 bits), value (24 bits), chunk (32 bits), so that a value's chunks lie side by side.</summary>
internal static class FacetId
{
    private const int ChunkBits = 32;
    private const int ValueBits = 24;

    /// <summary>The greatest value.</summary>
    public const long MaxValue = (1L << ValueBits) - 1;

    /// <summary>Returns the id.</summary>
    public static long Of(Facet facet, long value, long chunk) =>
        value is > 0 and <= MaxValue
            ? ((((long)facet << ValueBits) | value) << ChunkBits) | chunk
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A facet's value is from 1 to 2^24 - 1.");

    /// <summary>Returns the last id that a facet's value can have.</summary>
    public static long LastOf(Facet facet, long value) => Of(facet, value, uint.MaxValue);

    /// <summary>Returns the first id after all of the same facet and value.</summary>
    public static long NextValue(long id) => ((id >> ChunkBits) + 1) << ChunkBits;

    /// <summary>Returns the chunk of an id.</summary>
    public static long ChunkOf(long id) => id & uint.MaxValue;

    /// <summary>Returns the same facet and value in another chunk.</summary>
    public static long InChunk(long id, long chunk) => (id & ~(long)uint.MaxValue) | chunk;

    /// <summary>Returns the facet of an id.</summary>
    public static Facet FacetOf(long id) => (Facet)(id >> (ChunkBits + ValueBits));
}
