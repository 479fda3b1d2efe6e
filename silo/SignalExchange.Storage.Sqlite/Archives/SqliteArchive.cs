using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SignalExchange.Contracts;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>The embedded storage at one moment. For one reader.</summary>
internal sealed class SqliteArchive(SqliteConnection database, int shardCount, LogMoment logs, Stack<IDisposable> held)
    : IArchive
{
    private const string States = "SELECT name, grain_id, etag, payload FROM grain_state ORDER BY grain_id, name";
    private const string Heads = "SELECT shard, head FROM shard_head ORDER BY shard";
    private const string LogRows =
        "SELECT position, first_sequence, commit_id, changes FROM shard_log ORDER BY position";
    private const string Indicators = "SELECT token, version, state FROM indicator ORDER BY token";
    private const string Logs = "SELECT id, name, epoch, first, size, published FROM log ORDER BY name";
    private const string Tails =
        "SELECT position, count, digest, records FROM tail WHERE position >= ?1 AND position < ?2 ORDER BY position";

    /// <inheritdoc/>
    public int ShardCount => shardCount;

    /// <inheritdoc/>
    public long ExpectedRecords { get; } =
        Connections.Value<long>(
            database,
            "SELECT (SELECT count(*) FROM grain_state) + (SELECT count(*) FROM shard_log) + (SELECT count(*) FROM indicator)"
        );

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchiveRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield(); // The rest keeps its thread: a command's, which has nothing else to do.
        foreach (var record in ReadAll())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        while (held.TryPop(out var it))
        {
            it.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private IEnumerable<ArchiveRecord> ReadAll()
    {
        var states = Rows<ArchiveRecord>(
            database,
            States,
            row => new ArchivedState(row.Text(0), row.Text(1), row.Text(2), row.Blob(3).ToArray())
        );
        var indicators = Rows<ArchiveRecord>(
            database,
            Indicators,
            row => new ArchivedIndicator(new Token(row.Blob(0)), row.Int64(1), row.Blob(2).ToArray())
        );
        return states.Concat(ReadLogRows()).Concat(indicators).Concat(ReadAccessLogs());
    }

    private IEnumerable<ArchiveRecord> ReadLogRows()
    {
        var heads = Rows(database, Heads, row => row.Int64(1)).ToArray();
        foreach (var row in Rows(database, LogRows, ToLogRow))
        {
            yield return row;
            heads[row.Shard.Number] -= row.LastSequence - row.FirstSequence + 1;
        }

        if (heads.Any(left => left != 0))
        {
            throw new StorageFormatException("The database is damaged: a shard's log does not reach its head.");
        }
    }

    private IEnumerable<ArchiveRecord> ReadAccessLogs()
    {
        if (logs.Tails is not { } tails)
        {
            yield break;
        }

        var found = Rows(tails, Logs, row => (Id: row.Int64(0), Log: ToLog(row))).ToList();
        foreach (var (_, log) in found)
        {
            yield return log;
        }

        foreach (var (id, log) in found)
        {
            foreach (var row in ReadTail(tails, id, log.Log))
            {
                yield return row;
            }
        }

        foreach (var (_, log) in found)
        {
            foreach (var path in logs.PathsOf(log.Log, log.Extent.Size))
            {
                yield return new ArchivedResource(log.Log, path, logs.Read(log.Log, path));
            }
        }
    }

    private static IEnumerable<ArchivedTail> ReadTail(SqliteConnection tails, long id, string log) =>
        Rows(tails, Tails, row => ToTail(row, log), TailPosition.Of(id, 0), TailPosition.Of(id + 1, 0));

    private static ArchivedLogRow ToLogRow(Statement row)
    {
        var position = row.Int64(0);
        return new(
            LogPosition.ShardOf(position),
            row.Int64(1),
            LogPosition.SequenceOf(position),
            BinaryPrimitives.ReadUInt128BigEndian(row.Blob(2)),
            row.Blob(3).ToArray()
        );
    }

    private static ArchivedAccessLog ToLog(Statement row) =>
        new(row.Text(1), row.Int64(2), new(row.Int64(3), row.Int64(4), row.Int64(5)));

    private static ArchivedTail ToTail(Statement row, string log)
    {
        var stored = new TailRow(row.Int64(0), (int)row.Int64(1), row.Blob(2).ToArray(), row.Blob(3).ToArray());
        var first = TailPosition.IndexOf(stored.Position);
        _ = stored.From(log, first); // Its checksum names the position, which is another one elsewhere.
        return new(log, first, stored.Count, stored.Records);
    }

    private static IEnumerable<T> Rows<T>(
        SqliteConnection connection,
        string sql,
        Func<Statement, T> read,
        params long[] parameters
    )
    {
        using var statement = new Statement(connection, sql);
        for (var i = 0; i < parameters.Length; i++)
        {
            statement.Bind(i + 1, parameters[i]);
        }

        while (Step(statement, connection.DataSource))
        {
            yield return read(statement);
        }
    }

    private static bool Step(Statement statement, string file)
    {
        try
        {
            return statement.Step();
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Unavailable(exception, Path.GetDirectoryName(file)!);
        }
    }
}
