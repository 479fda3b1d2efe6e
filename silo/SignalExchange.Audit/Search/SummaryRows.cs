using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Reads entries as listings show them.</summary>
internal static class SummaryRows
{
    private const string Row = """
        SELECT e.time, e.retention, e.state, e.actor, m.text, k.text, e.role, d.text, e.purpose, e.request_id, e.status,
            e.reason, e.asked, e.hits, e.refused, mark.anomalies, mark.disposition, e.is_begun
        FROM entry e
        LEFT JOIN name m ON m.id = e.member
        LEFT JOIN name k ON k.id = e.key
        LEFT JOIN name d ON d.id = e.method
        LEFT JOIN mark ON mark.idx = e.idx
        WHERE e.idx = ?1
        """;

    /// <summary>Reads entries.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="indexes">Their places; each is in the index.</param>
    public static IEnumerable<EntrySummary> Read(SearchConnection connection, IEnumerable<long> indexes) =>
        indexes.Select(index => connection[Row].Bind(1, index).All(row => Read(row, index)).Single());

    private static EntrySummary Read(Statement row, long index) =>
        new()
        {
            Index = (ulong)index,
            Time = EntryTime.ToTimestamp(row.Int64(0)),
            Retention = (LogRetention)row.Int64(1),
            State = (EntryDetailState)row.Int64(2),
            ActorKind = (ActorKind)row.Int64(3),
            MemberId = row.Text(4),
            KeyThumbprint = row.Text(5),
            Role = (KeyRole)row.Int64(6),
            Method = row.Text(7),
            Purpose = (CheckPurpose)row.Int64(8),
            RequestId = ByteString.CopyFrom(row.Blob(9)),
            StatusCode = (uint)row.Int64(10),
            Reason = (ErrorReason)row.Int64(11),
            Asked = (uint)row.Int64(12),
            Hits = (uint)row.Int64(13),
            Refused = (uint)row.Int64(14),
            Anomalies = { Rules(row.Int64(15)) },
            Disposition = (ReviewDisposition)row.Int64(16),
            IsBegun = row.Int64(17) != 0,
        };

    private static IEnumerable<AnomalyRule> Rules(long bits) =>
        Enum.GetValues<AnomalyRule>().Where(rule => (bits & 1L << (int)rule) != 0);
}
