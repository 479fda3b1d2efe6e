using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>A filter made ready for one read of the index.</summary>
/// <remarks>
/// Goes from chunk to chunk: each condition names the next chunk that may match, and only where all meet are bits intersected.
/// So the rarest condition sets the pace, and the worst case is a fixed amount of work a chunk and condition.
/// </remarks>
internal sealed class SearchQuery
{
    private readonly IReadOnlyList<ISearchTerm> _terms;
    private readonly long _first;
    private readonly long _end;
    private readonly ulong[] _bits = new ulong[Chunk.Words];

    private SearchQuery(IReadOnlyList<ISearchTerm> terms, long first, long end) =>
        (_terms, _first, _end) = (terms, first, end);

    /// <summary>Prepares a filter.</summary>
    /// <param name="connection">A reader, in a transaction that outlasts the query.</param>
    /// <param name="filter">A filter that <see cref="FilterRules"/> lets through.</param>
    public static SearchQuery Of(SearchConnection connection, EntryFilter filter)
    {
        var size = connection["SELECT size FROM progress"].Value() ?? 0;
        var first = filter.From is null
            ? 0
            : TimeBounds.FirstAtOrAfter(connection, EntryTime.AtOrAfter(filter.From), size);
        var end = filter.Until is null
            ? size
            : TimeBounds.FirstAtOrAfter(connection, EntryTime.AtOrAfter(filter.Until), size);
        return SearchTerms.Of(connection, filter, size) is { } terms ? new(terms, first, end) : new([], 0, 0);
    }

    /// <summary>Returns matches in order.</summary>
    /// <param name="after">The one shown last; null for the first page.</param>
    /// <param name="isDescending">Whether the newest come first.</param>
    /// <param name="count">How many at most.</param>
    public List<long> Page(long? after, bool isDescending, int count)
    {
        var first = after is { } shown && !isDescending ? Math.Max(_first, shown + 1) : _first;
        var end = after is { } before && isDescending ? Math.Min(_end, before) : _end;
        var found = new List<long>(Math.Min(count, 1024));
        foreach (var chunk in Chunks(first, end, isDescending))
        {
            var places = ChunkBits.Places(_bits);
            foreach (var place in isDescending ? places.Reverse() : places)
            {
                found.Add(Chunk.FirstOf(chunk) + place);
                if (found.Count == count)
                {
                    return found;
                }
            }
        }

        return found;
    }

    /// <summary>Returns how many entries match.</summary>
    /// <param name="end">Up to which place, exclusive.</param>
    public long Count(long end) =>
        Chunks(_first, Math.Min(_end, end), isDescending: false).Sum(_ => (long)ChunkBits.Count(_bits));

    // Leaves the matches of each chunk that it returns in _bits.
    private IEnumerable<long> Chunks(long first, long end, bool isDescending)
    {
        if (first >= end)
        {
            yield break;
        }

        var (chunk, last, step) = isDescending
            ? (Chunk.Of(end - 1), Chunk.Of(first), -1)
            : (Chunk.Of(first), Chunk.Of(end - 1), 1);
        for (; Meet(chunk, isDescending) is { } met && met * step <= last * step; chunk = met + step)
        {
            Chunk.SetRange(met, first, end, _bits);
            foreach (var term in _terms)
            {
                term.Intersect(met, _bits);
            }

            yield return met;
        }
    }

    private long? Meet(long chunk, bool isDescending)
    {
        for (long? from = chunk; from >= 0; )
        {
            var start = from;
            foreach (var term in _terms)
            {
                from = from >= 0 ? term.Seek(from.Value, isDescending) : null;
            }

            if (from == start)
            {
                return from;
            }
        }

        return null;
    }
}
