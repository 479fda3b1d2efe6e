using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SignalExchange.Storage.AccessLog;
using SQLitePCL;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Everything that writes the tails' database. Used by one thread at a time.</summary>
/// <remarks>Each method is one transaction, fenced by the log's epoch, on stable storage when it returns.</remarks>
internal sealed class TailWriter : IDisposable
{
    // The pages of that many rows are freed in one go, between two groups of entries.
    private const int RowsPerTrim = 16;

    private readonly SqliteConnection _connection;
    private readonly string _folder;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _acquire;
    private readonly Statement _find;
    private readonly Statement _grow;
    private readonly Statement _insert;
    private readonly Statement _publish;
    private readonly Statement _oldest;
    private readonly Statement _trim;
    private readonly Statement _moveFirst;

    /// <summary>Opens the database and recovers it.</summary>
    public TailWriter(string file, string folder, long? maxBytes)
    {
        _folder = folder;
        _connection = TailConnection.OpenWriter(file, maxBytes);
        _begin = new(_connection, "BEGIN IMMEDIATE");
        _commit = new(_connection, "COMMIT");
        _acquire = new(
            _connection,
            """
            INSERT INTO log (name, epoch, first, size, published) VALUES (?1, 1, 0, 0, 0)
            ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1
            """
        );
        _find = new(_connection, "SELECT id, epoch, first, size, published FROM log WHERE name = ?1");
        _grow = new(_connection, "UPDATE log SET size = ?2 WHERE id = ?1");
        _insert = new(_connection, "INSERT INTO tail (position, count, digest, records) VALUES (?1, ?2, ?3, ?4)");
        _publish = new(_connection, "UPDATE log SET published = ?2 WHERE id = ?1");
        _oldest = new(
            _connection,
            "SELECT position, count FROM tail WHERE position >= ?1 AND position < ?2 ORDER BY position LIMIT ?3"
        );
        _trim = new(_connection, "DELETE FROM tail WHERE position >= ?1 AND position < ?2");
        _moveFirst = new(_connection, "UPDATE log SET first = ?2 WHERE id = ?1");
    }

    /// <summary>Takes a log.</summary>
    public AccessLogLease Acquire(string log) =>
        InTransaction(() =>
        {
            _acquire.Bind(1, log).Run();
            return new AccessLogLease(log, Find(log)!.Value.Epoch);
        });

    /// <summary>Appends records.</summary>
    public bool Append(AccessLogLease lease, long firstIndex, IReadOnlyList<AccessLogRecord> records) =>
        InTransaction(() =>
        {
            var log = Held(lease);
            if (log.Extent.Size != firstIndex)
            {
                throw new StaleStateException(
                    $"Log '{lease.Log}' has {log.Extent.Size} entries; records for index {firstIndex} were not written."
                );
            }

            for (int i = 0, count; i < records.Count; i += count)
            {
                var index = firstIndex + i;
                count = TailRowCodec.CountFrom(index, records.Count - i);
                Insert(TailPosition.Of(log.Id, index), records, i, count);
            }

            _grow.Bind(1, log.Id).Bind(2, firstIndex + records.Count).Run();
            return true;
        });

    /// <summary>Looks, after all that was begun before: one thread writes, and whatever it began is over.</summary>
    public AccessLogExtent Settle(AccessLogLease lease) => InTransaction(() => Held(lease).Extent);

    /// <summary>Notes the published size.</summary>
    public bool MarkPublished(AccessLogLease lease, long size) =>
        InTransaction(() =>
        {
            var log = Held(lease);
            ArgumentOutOfRangeException.ThrowIfLessThan(size, log.Extent.Published);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, log.Extent.Size);
            _publish.Bind(1, log.Id).Bind(2, size).Run();
            return true;
        });

    /// <summary>Lets some rows go that lie in front of an index.</summary>
    /// <returns>Whether there are more of them.</returns>
    public bool TrimSome(AccessLogLease lease, long before) =>
        InTransaction(() =>
        {
            var log = Held(lease);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(before, log.Extent.Published);
            var (end, isMore) = FindTrimEnd(log, before);
            if (end > log.Extent.First)
            {
                _trim.Bind(1, TailPosition.Of(log.Id, 0)).Bind(2, TailPosition.Of(log.Id, end)).Run();
                _moveFirst.Bind(1, log.Id).Bind(2, end).Run();
            }

            return isMore;
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (
            var statement in (Statement[])
                [_begin, _commit, _acquire, _find, _grow, _insert, _publish, _oldest, _trim, _moveFirst]
        )
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

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

    private StoredLog Held(AccessLogLease lease) =>
        Find(lease.Log) is { } log && log.Epoch == lease.Epoch
            ? log
            : throw new AccessLogFencedException(
                $"Another writer took log '{lease.Log}' after epoch {lease.Epoch}. Only the last one may write."
            );

    private void Insert(long position, IReadOnlyList<AccessLogRecord> records, int first, int count)
    {
        var length = TailRowCodec.Measure(records, first, count);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = buffer.AsSpan(0, length);
        TailRowCodec.Write(records, first, count, bytes);
        TailRowCodec.Digest(position, count, bytes, digest);
        _insert.Bind(1, position).Bind(2, count).Bind(3, digest).Bind(4, bytes).Run();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private (long End, bool IsMore) FindTrimEnd(StoredLog log, long before)
    {
        var (end, rows) = (log.Extent.First, 0);
        try
        {
            _oldest.Bind(1, TailPosition.Of(log.Id, end)).Bind(2, TailPosition.Of(log.Id, before)).Bind(3, RowsPerTrim);
            while (
                _oldest.Step()
                && TailPosition.IndexOf(_oldest.Int64(0)) + _oldest.Int64(1) is var next
                && next <= before
            )
            {
                (end, rows) = (next, rows + 1);
            }
        }
        finally
        {
            _oldest.Reset();
        }

        return (end, rows == RowsPerTrim);
    }

    private TResult InTransaction<TResult>(Func<TResult> write)
    {
        TResult result;
        try
        {
            _begin.Run();
            result = write();
        }
        catch (Exception exception)
        {
            TakeBack();
            throw exception is SqliteException error ? SqliteErrors.Unavailable(error, _folder) : exception;
        }

        try
        {
            _commit.Run();
        }
        catch (SqliteException exception)
        {
            TakeBack();
            throw SqliteErrors.OfCommit(exception, _folder);
        }

        return result;
    }

    private void TakeBack()
    {
        // SQLite ends the transaction by itself after some errors.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Connections.Execute(_connection, "ROLLBACK");
        }
    }
}
