namespace SignalExchange.Audit.Search;

/// <summary>One condition of a filter.</summary>
internal interface ISearchTerm
{
    /// <summary>Returns the nearest chunk, this one or further on, that may hold a match; null when there is none.</summary>
    /// <param name="chunk">From which on.</param>
    /// <param name="isDescending">Whether further on means towards the oldest.</param>
    long? Seek(long chunk, bool isDescending);

    /// <summary>Clears the bits of entries that don't match.</summary>
    void Intersect(long chunk, Span<ulong> bits);
}
