using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>A row of the table of logs.</summary>
/// <param name="Id">The log's number in this database.</param>
/// <param name="Epoch">That of the last lease.</param>
/// <param name="Extent">What its tail holds.</param>
internal readonly record struct StoredLog(long Id, long Epoch, AccessLogExtent Extent)
{
    /// <summary>Reads it from a statement whose columns are id, epoch, first, size and published.</summary>
    public static StoredLog Read(Statement row) =>
        new(row.Int64(0), row.Int64(1), new(row.Int64(2), row.Int64(3), row.Int64(4)));
}
