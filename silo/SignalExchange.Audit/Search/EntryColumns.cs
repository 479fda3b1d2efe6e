using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Writes an entry's row, its bits, its postings and its share of its month.</summary>
internal sealed class EntryColumns(
    SearchConnection connection,
    NameTable names,
    FacetWriter facets,
    PeriodWriter periods
)
{
    private const string Insert = """
        INSERT INTO entry (idx, time, retention, state, period, actor, member, key, role, method, purpose, request_id,
            status, reason, asked, hits, refused, is_begun)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        """;

    private const string InsertBare = "INSERT INTO entry (idx, time, retention, state) VALUES (?1, ?2, ?3, ?4)";

    /// <summary>Writes an entry. One without an open detail gets index, time and retention only.</summary>
    public void Write(LoggedEntry logged)
    {
        if (AuditedEntry.Of(logged) is not { } entry)
        {
            Common(connection[InsertBare], logged).Run();
            return;
        }

        WriteRow(logged, entry.Actor, entry.Detail);
        WriteFacets(entry);
        WritePostings(entry.Index, entry.Detail);
        if (!entry.IsBegun)
        {
            periods.AddUsage(logged, entry);
        }

        periods.AddToSpan(logged);
    }

    private static Statement Common(Statement insert, LoggedEntry logged) =>
        insert
            .Bind(1, logged.Index)
            .Bind(2, EntryTime.Of(logged.Entry))
            .Bind(3, (long)logged.Entry.Retention)
            .Bind(4, (long)EntryStates.Of(logged.State));

    private void WriteRow(LoggedEntry logged, LogActor actor, AccessLogDetail detail) =>
        Common(connection[Insert], logged)
            .Bind(5, logged.Entry.Period)
            .Bind(6, (long)actor.Kind)
            .Bind(7, names.NumberOf(actor.MemberId))
            .Bind(8, names.NumberOf(actor.KeyThumbprint))
            .Bind(9, (long)actor.Role)
            .Bind(10, names.NumberOf(detail.Method))
            .Bind(11, (long)detail.Purpose)
            .Bind(12, detail.RequestId.Span)
            .Bind(13, detail.StatusCode)
            .Bind(14, (long)detail.Reason)
            .Bind(15, detail.Asked)
            .Bind(16, detail.Hits)
            .Bind(17, detail.Refused)
            .Bind(18, detail.IsBegun ? 1 : 0)
            .Run();

    private void WriteFacets(AuditedEntry entry)
    {
        var (index, actor, detail) = (entry.Index, entry.Actor, entry.Detail);
        facets.Set(Facet.Member, names.NumberOf(actor.MemberId), index);
        facets.Set(Facet.Role, (long)actor.Role, index);
        facets.Set(Facet.Method, names.NumberOf(detail.Method), index);
        facets.Set(Facet.Purpose, (long)detail.Purpose, index);
        facets.Set(Facet.Outcome, (long)entry.Outcome, index);
        facets.Set(Facet.Status, detail.StatusCode + 1L, index);
        facets.Set(Facet.Reason, (long)detail.Reason, index);
        facets.Set(Facet.Key, names.NumberOf(actor.KeyThumbprint), index);
    }

    private void WritePostings(long index, AccessLogDetail detail)
    {
        if (!detail.RequestId.IsEmpty)
        {
            Post(PostingKind.Request, detail.RequestId.Span, index);
        }

        for (var rest = detail.Pseudonyms.Span; rest.Length >= SignalId.Size; rest = rest[SignalId.Size..])
        {
            Post(PostingKind.Pseudonym, rest[..SignalId.Size], index);
        }
    }

    private void Post(PostingKind kind, ReadOnlySpan<byte> value, long index) =>
        connection["INSERT OR IGNORE INTO posting (bucket, value, idx) VALUES (?1, ?2, ?3)"]
            .Bind(1, PostingBucket.Of(kind, index))
            .Bind(2, value)
            .Bind(3, index)
            .Run();
}
