using SignalExchange.AccessLog.Entries;
using SignalExchange.Audit.Reviews;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Takes what entries said out of the index; their places, times and retention stay.</summary>
/// <remarks>Works through one bucket in a transaction, so that new entries don't wait long; begun again, it goes on.</remarks>
internal sealed class EntryShredder(SearchConnection connection, FacetWriter facets)
{
    private const string Find = """
        SELECT idx FROM entry WHERE idx BETWEEN ?1 AND ?2 AND period = ?3 AND retention = ?4
        """;

    private const string Empty = """
        UPDATE entry SET state = ?5, period = NULL, actor = NULL, member = NULL, key = NULL, role = NULL, method = NULL,
            purpose = NULL, request_id = NULL, status = NULL, reason = NULL, asked = NULL, hits = NULL, refused = NULL,
            is_begun = NULL
        WHERE idx BETWEEN ?1 AND ?2 AND period = ?3 AND retention = ?4
        """;

    private static readonly TimeSpan Overhang = TimeSpan.FromDays(1); // A call that began in the period may end after it.

    /// <summary>Forgets the next entries.</summary>
    /// <returns>How many; null when there are none left.</returns>
    public long? ShredNext(LogPeriod period, LogRetention retention)
    {
        var span = connection["SELECT first, last FROM span WHERE period = ?1 AND retention = ?2"]
            .Bind(1, period.Number)
            .Bind(2, (long)retention)
            .All(row => (First: row.Int64(0), Last: row.Int64(1)));
        if (span is not [var (first, last)])
        {
            return null;
        }

        var end = Math.Min(last, BucketEnd(first));
        var masks = Masks(first, end, period, retention);
        ClearPostings(first, masks);
        ClearFacets(masks);
        var forgotten = Bound(connection[Empty], first, end, period, retention)
            .Bind(5, (long)EntryDetailState.Shredded)
            .Run();
        ClearJudgements(first, end);
        if (end == last)
        {
            Finish(period, retention);
        }
        else
        {
            Bound(
                    connection["UPDATE span SET first = ?2 + 1 WHERE period = ?3 AND retention = ?4 AND first = ?1"],
                    first,
                    end,
                    period,
                    retention
                )
                .Run();
        }

        return forgotten;
    }

    private static long BucketEnd(long index) =>
        Chunk.FirstOf((PostingBucket.NumberOf(index) + 1) * PostingBucket.Chunks) - 1;

    private static Statement Bound(
        Statement statement,
        long first,
        long last,
        LogPeriod period,
        LogRetention retention
    ) => statement.Bind(1, first).Bind(2, last).Bind(3, period.Number).Bind(4, (long)retention);

    private Dictionary<long, ulong[]> Masks(long first, long last, LogPeriod period, LogRetention retention)
    {
        var masks = new Dictionary<long, ulong[]>();
        var rows = Bound(connection[Find], first, last, period, retention);
        while (rows.Step())
        {
            var index = rows.Int64(0);
            var chunk = Chunk.Of(index);
            if (!masks.TryGetValue(chunk, out var mask))
            {
                masks.Add(chunk, mask = new ulong[Chunk.Words]);
            }

            mask[Chunk.PlaceOf(index) / 64] |= 1UL << (Chunk.PlaceOf(index) % 64);
        }

        rows.Reset();
        return masks;
    }

    private void ClearPostings(long first, Dictionary<long, ulong[]> masks)
    {
        foreach (var kind in Enum.GetValues<PostingKind>())
        {
            var bucket = PostingBucket.Of(kind, first);
            var gone = connection["SELECT value, idx FROM posting WHERE bucket = ?1"]
                .Bind(1, bucket)
                .All(row => (Value: row.Blob(0).ToArray(), Index: row.Int64(1)));
            foreach (var (value, index) in gone.Where(it => IsSet(masks, it.Index)))
            {
                connection["DELETE FROM posting WHERE bucket = ?1 AND value = ?2 AND idx = ?3"]
                    .Bind(1, bucket)
                    .Bind(2, value)
                    .Bind(3, index)
                    .Run();
            }
        }
    }

    private static bool IsSet(Dictionary<long, ulong[]> masks, long index) =>
        masks.TryGetValue(Chunk.Of(index), out var mask)
        && (mask[Chunk.PlaceOf(index) / 64] >> (Chunk.PlaceOf(index) % 64) & 1) != 0;

    // Values lie one after the other, each with its chunks: jump from value to value, and within it to the chunks concerned.
    private void ClearFacets(Dictionary<long, ulong[]> masks)
    {
        var next = connection["SELECT min(id) FROM facet WHERE id >= ?1"].Bind(1, 0).Value();
        while (next is { } id)
        {
            foreach (var (chunk, mask) in masks)
            {
                var it = FacetId.InChunk(id, chunk);
                if (connection["SELECT 1 FROM facet WHERE id = ?1"].Bind(1, it).Value() is not null)
                {
                    facets.Clear(it, mask);
                }
            }

            next = connection["SELECT min(id) FROM facet WHERE id >= ?1"].Bind(1, FacetId.NextValue(id)).Value();
        }
    }

    private void ClearJudgements(long first, long last)
    {
        const string Gone = "BETWEEN ?1 AND ?2 AND (SELECT state FROM entry WHERE entry.idx = ";
        connection[$"DELETE FROM mark WHERE idx {Gone} mark.idx) <> 1"].Bind(1, first).Bind(2, last).Run();
        connection[$"DELETE FROM alarm WHERE last {Gone} alarm.last) <> 1"].Bind(1, first).Bind(2, last).Run();
        new ReviewTable(connection, facets).Remove(first, last);
    }

    private void Finish(LogPeriod period, LogRetention retention)
    {
        facets.Flush();
        connection["DELETE FROM span WHERE period = ?1 AND retention = ?2"]
            .Bind(1, period.Number)
            .Bind(2, (long)retention)
            .Run();
        connection["DELETE FROM usage WHERE period = ?1 AND retention = ?2"]
            .Bind(1, period.Number)
            .Bind(2, (long)retention)
            .Run();
        connection["DELETE FROM rule_state WHERE touched < ?1"]
            .Bind(1, (period.End + Overhang).ToUnixTimeMilliseconds())
            .Run();
        ForgetNames();
    }

    // A name that no entry bears any more.
    private void ForgetNames()
    {
        foreach (var name in connection["SELECT id FROM name"].All(row => row.Int64(0)))
        {
            if (!new[] { Facet.Member, Facet.Method, Facet.Key }.Any(facet => IsBorne(facet, name)))
            {
                connection["DELETE FROM name WHERE id = ?1"].Bind(1, name).Run();
            }
        }
    }

    private bool IsBorne(Facet facet, long name) =>
        connection["SELECT 1 FROM facet WHERE id BETWEEN ?1 AND ?2 LIMIT 1"]
            .Bind(1, FacetId.Of(facet, name, 0))
            .Bind(2, FacetId.LastOf(facet, name))
            .Value()
            is not null;
}
