using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Moves the write-ahead log into the tails' database, beside the commits instead of in one of them.</summary>
/// <remarks>
/// A commit that did it would keep its waiters for as long as it takes to sync the database: 20 to 100 ms. 1. What is there is
/// moved while commits go on. 2. The little that came meanwhile is moved while they wait, and the log begins anew.
/// </remarks>
internal sealed class TailMaintenance(string file, ILogger logger) : IDisposable
{
    private const long MaxLogBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private SqliteConnection? _connection;

    /// <summary>Moves the log if it is long. Throws nothing: the next call tries again.</summary>
    public void Run()
    {
        if (new FileInfo(file + "-wal") is not { Exists: true, Length: > MaxLogBytes })
        {
            return;
        }

        lock (_lock)
        {
            try
            {
                _connection ??= Connections.Open(file, SqliteOpenMode.ReadWrite);
                Connections.Execute(_connection, "PRAGMA wal_checkpoint(PASSIVE)"); // 1.
                Connections.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)"); // 2.
            }
            catch (SqliteException exception)
            {
                SqliteAccessLogLog.MaintenanceFailed(logger, exception, file);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _connection?.Dispose();
        }
    }
}
