using SignalExchange.Contracts;

namespace SignalExchange.Audit.Search;

/// <summary>Entries with one of some values of 16 bytes.</summary>
/// <param name="connection">A reader.</param>
/// <param name="kind">What the values are.</param>
/// <param name="values">The values, one after the other.</param>
/// <param name="size">How many entries there are.</param>
internal sealed class PostingTerm(SearchConnection connection, PostingKind kind, ReadOnlyMemory<byte> values, long size)
    : ISearchTerm
{
    private const string Next = """
        SELECT idx FROM posting WHERE bucket = ?1 AND value = ?2 AND idx >= ?3 ORDER BY idx LIMIT 1
        """;

    private const string Previous = """
        SELECT idx FROM posting WHERE bucket = ?1 AND value = ?2 AND idx <= ?3 ORDER BY idx DESC LIMIT 1
        """;

    private const string Within = "SELECT idx FROM posting WHERE bucket = ?1 AND value = ?2 AND idx BETWEEN ?3 AND ?4";

    private readonly ulong[] _bits = new ulong[Chunk.Words];

    public long? Seek(long chunk, bool isDescending)
    {
        var step = isDescending ? -1 : 1;
        var from = isDescending ? Chunk.FirstOf(chunk + 1) - 1 : Chunk.FirstOf(chunk);
        var lastBucket = isDescending ? 0 : PostingBucket.NumberOf(Math.Max(0, size - 1));
        for (var bucket = PostingBucket.NumberOf(from); bucket * step <= lastBucket * step; bucket += step)
        {
            if (SeekInBucket(bucket, from, isDescending) is { } index)
            {
                return Chunk.Of(index);
            }
        }

        return null;
    }

    public void Intersect(long chunk, Span<ulong> bits)
    {
        _bits.AsSpan().Clear();
        var first = Chunk.FirstOf(chunk);
        for (var i = 0; i < values.Length; i += SignalId.Size)
        {
            var rows = Bound(connection[Within], PostingBucket.NumberOf(first), i, first)
                .Bind(4, Chunk.FirstOf(chunk + 1) - 1);
            while (rows.Step())
            {
                var place = Chunk.PlaceOf(rows.Int64(0));
                _bits[place / 64] |= 1UL << (place % 64);
            }

            rows.Reset();
        }

        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= _bits[i];
        }
    }

    private long? SeekInBucket(long bucket, long from, bool isDescending)
    {
        long? nearest = null;
        for (var i = 0; i < values.Length; i += SignalId.Size)
        {
            var found = Bound(connection[isDescending ? Previous : Next], bucket, i, from).Value();
            nearest =
                nearest is null || found is null ? nearest ?? found
                : isDescending ? Math.Max(nearest.Value, found.Value)
                : Math.Min(nearest.Value, found.Value);
        }

        return nearest;
    }

    private Statement Bound(Statement statement, long bucket, int value, long index) =>
        statement
            .Bind(1, PostingBucket.OfNumber(kind, bucket))
            .Bind(2, values.Span.Slice(value, SignalId.Size))
            .Bind(3, index);
}
