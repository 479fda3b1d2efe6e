namespace SignalExchange.Audit.Search;

/// <summary>Entries with a value in one of the columns that are kept as bits.</summary>
internal sealed class FacetTerm(SearchConnection connection, Facet facet, long value) : ISearchTerm
{
    private readonly ulong[] _bits = new ulong[Chunk.Words];
    private long? _loaded;

    public long? Seek(long chunk, bool isDescending)
    {
        var found = isDescending
            ? connection["SELECT id, bits FROM facet WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1"]
                .Bind(1, FacetId.Of(facet, value, 0))
                .Bind(2, FacetId.Of(facet, value, chunk))
            : connection["SELECT id, bits FROM facet WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 1"]
                .Bind(1, FacetId.Of(facet, value, chunk))
                .Bind(2, FacetId.LastOf(facet, value));
        _loaded = found.Step() ? FacetId.ChunkOf(found.Int64(0)) : null;
        if (_loaded is not null)
        {
            ChunkBits.Decode(found.Blob(1), _bits);
        }

        found.Reset();
        return _loaded;
    }

    public void Intersect(long chunk, Span<ulong> bits)
    {
        if (_loaded != chunk && Seek(chunk, isDescending: false) != chunk)
        {
            bits.Clear();
            return;
        }

        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= _bits[i];
        }
    }
}
