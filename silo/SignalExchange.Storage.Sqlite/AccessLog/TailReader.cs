using Microsoft.Data.Sqlite;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Reads the tails on a connection of its own, beside the writes. Safe from any thread: one read at a time.</summary>
internal sealed class TailReader : IDisposable
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly SqliteConnection _connection;
    private readonly Statement _find;
    private readonly Statement _rows;

    /// <summary>Opens the database, which is there.</summary>
    public TailReader(string file, string folder)
    {
        _folder = folder;
        _connection = TailConnection.OpenReader(file);
        _find = new(_connection, "SELECT id, epoch, first, size, published FROM log WHERE name = ?1");

        // From the row that holds the first index: the last one that begins at or in front of it.
        _rows = new(
            _connection,
            """
            SELECT position, count, digest, records FROM tail
            WHERE position < ?2
                AND position >= (SELECT max(position) FROM tail WHERE position >= ?3 AND position <= ?1)
            ORDER BY position
            """
        );
    }

    /// <summary>Reads what the tail of a log holds.</summary>
    public AccessLogExtent ReadExtent(string log)
    {
        lock (_lock)
        {
            return Guarded(() => Find(log)?.Extent ?? default);
        }
    }

    /// <summary>Reads records.</summary>
    public IReadOnlyList<AccessLogRecord> Read(string log, long first, int count)
    {
        lock (_lock)
        {
            return Guarded(() => Find(log) is { } found ? Read(found, log, first, count) : []);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _find.Dispose();
            _rows.Dispose();
            _connection.Dispose();
        }
    }

    private List<AccessLogRecord> Read(StoredLog stored, string log, long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, stored.Extent.First);
        var end = Math.Min(stored.Extent.Size, first + count);
        var records = new List<AccessLogRecord>((int)Math.Max(0, end - first));
        if (first >= end)
        {
            return records;
        }

        _rows
            .Bind(1, TailPosition.Of(stored.Id, first))
            .Bind(2, TailPosition.Of(stored.Id, end))
            .Bind(3, TailPosition.Of(stored.Id, 0));
        for (long next = first, bytes = 0; next < end && bytes < MaxBytes; )
        {
            var row = ReadRow(log, next);
            bytes += row.Sum(record => (long)record.SealedDetail.Length);
            records.AddRange(row.Take((int)(end - next)));
            next = first + records.Count;
        }

        return records;
    }

    private IEnumerable<AccessLogRecord> ReadRow(string log, long index) =>
        _rows.Step()
            ? new TailRow(_rows.Int64(0), (int)_rows.Int64(1), _rows.Blob(2).ToArray(), _rows.Blob(3).ToArray()).From(
                log,
                index
            )
            : throw TailRow.Missing(log, index);

    private StoredLog? Find(string log)
    {
        try
        {
            return _find.Bind(1, log).Step() ? StoredLog.Read(_find) : null;
        }
        finally
        {
            _find.Reset();
        }
    }

    // One read transaction, so that a row can't go between the two statements.
    private TResult Guarded<TResult>(Func<TResult> read)
    {
        try
        {
            Connections.Execute(_connection, "BEGIN");
            return read();
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Unavailable(exception, _folder);
        }
        finally
        {
            _rows.Reset();
            Connections.Execute(_connection, "COMMIT");
        }
    }
}
