using Npgsql;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Postgres.AccessLog;

/// <summary>A row of the table of logs.</summary>
/// <param name="Id">The log's number in this database.</param>
/// <param name="Epoch">That of the last lease.</param>
/// <param name="Settled">Grows whenever the outcome of an append was settled under that epoch.</param>
/// <param name="Extent">What its tail holds.</param>
internal sealed record StoredLog(int Id, long Epoch, long Settled, AccessLogExtent Extent)
{
    /// <summary>Reads it from a row of those columns: id, epoch, settled, first, size and published.</summary>
    public static StoredLog Read(NpgsqlDataReader row) =>
        new(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), new(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));

    /// <summary>Throws unless the lease is the last one.</summary>
    /// <exception cref="AccessLogFencedException">It is not.</exception>
    public static StoredLog CheckHeld(StoredLog? log, AccessLogLease lease) =>
        log?.Epoch == lease.Epoch
            ? log
            : throw new AccessLogFencedException(
                $"Another writer took log '{lease.Log}' after epoch {lease.Epoch}. Only the last one may write."
            );
}
