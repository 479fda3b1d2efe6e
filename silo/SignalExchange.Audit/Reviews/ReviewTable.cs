using Google.Protobuf;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reviews;

/// <summary>Reviews in the search index, and the marks that they leave on entries.</summary>
internal sealed class ReviewTable(SearchConnection connection, FacetWriter facets)
{
    private const string Mark = """
        INSERT INTO mark (idx, anomalies, disposition) VALUES (?1, 0, ?2)
        ON CONFLICT DO UPDATE SET disposition = excluded.disposition
        """;

    /// <summary>Records the review that an entry of the log states.</summary>
    public void Add(AuditedEntry entry, ReviewDisposition disposition, IReadOnlyList<ulong> indexes)
    {
        var review = new Review
        {
            Index = (ulong)entry.Index,
            Time = EntryTime.ToTimestamp(entry.Time),
            KeyThumbprint = entry.Actor.KeyThumbprint,
            Disposition = disposition,
            CaseId = entry.Detail.CaseId,
            Indexes = { indexes },
        };
        connection["INSERT INTO review (idx, time, message) VALUES (?1, ?2, ?3)"]
            .Bind(1, entry.Index)
            .Bind(2, entry.Time)
            .Bind(3, review.ToByteArray())
            .Run();
        Apply(review);
    }

    /// <summary>Forgets reviews whose own entries are gone; what they judged goes back to the judgement before, if there was one.</summary>
    public void Remove(long first, long last)
    {
        var removed = connection[
            """
            DELETE FROM review WHERE idx BETWEEN ?1 AND ?2 AND idx IN (SELECT idx FROM entry WHERE state <> 1)
            RETURNING message
            """
        ]
            .Bind(1, first)
            .Bind(2, last)
            .All(row => Review.Parser.ParseFrom(row.Blob(0)));
        if (removed.Count == 0)
        {
            return;
        }

        var mask = new ulong[Chunk.Words];
        foreach (var index in removed.SelectMany(it => it.Indexes).Select(it => (long)it))
        {
            connection["UPDATE mark SET disposition = 0 WHERE idx = ?1"].Bind(1, index).Run();
            Chunk.SetRange(Chunk.Of(index), index, index + 1, mask);
            facets.Clear(FacetId.Of(Facet.Reviewed, 1, Chunk.Of(index)), mask);
        }

        foreach (var review in connection["SELECT message FROM review ORDER BY idx"].All(Read))
        {
            Apply(review);
        }
    }

    private static Review Read(Statement row) => Review.Parser.ParseFrom(row.Blob(0));

    // Of entries that stood in the log already and were not shredded: nobody has judged others.
    private void Apply(Review review)
    {
        foreach (var index in review.Indexes.Where(it => it < review.Index).Select(it => (long)it))
        {
            if (
                connection["SELECT state FROM entry WHERE idx = ?1"].Bind(1, index).Value()
                != (long)EntryDetailState.Shredded
            )
            {
                connection[Mark].Bind(1, index).Bind(2, (long)review.Disposition).Run();
                facets.Set(Facet.Reviewed, 1, index);
            }
        }
    }
}
