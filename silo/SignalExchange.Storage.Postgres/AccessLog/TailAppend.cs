using System.Security.Cryptography;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Postgres.AccessLog;

/// <summary>Records to be appended, as rows.</summary>
/// <param name="Lease">The right to.</param>
/// <param name="Settled">The number of the last settling: what an older append names is another.</param>
/// <param name="FirstIndex">The index of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="Rows">They, in rows that end where bundles end.</param>
internal sealed record TailAppend(
    AccessLogLease Lease,
    long Settled,
    long FirstIndex,
    int Count,
    IReadOnlyList<TailRow> Rows
)
{
    /// <summary>Makes the rows.</summary>
    public static TailAppend Of(
        HeldLog log,
        AccessLogLease lease,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records
    )
    {
        var rows = new List<TailRow>();
        for (int i = 0, count; i < records.Count; i += count)
        {
            count = TailRowCodec.CountFrom(firstIndex + i, records.Count - i);
            rows.Add(MakeRow(TailPosition.Of(log.Id, firstIndex + i), records, i, count));
        }

        return new(lease, log.Settled, firstIndex, records.Count, rows);
    }

    private static TailRow MakeRow(long position, IReadOnlyList<AccessLogRecord> records, int first, int count)
    {
        var bytes = new byte[TailRowCodec.Measure(records, first, count)];
        TailRowCodec.Write(records, first, count, bytes);
        var digest = new byte[SHA256.HashSizeInBytes];
        TailRowCodec.Digest(position, count, bytes, digest);
        return new(position, count, digest, bytes);
    }
}
