using System.Runtime.CompilerServices;
using Npgsql;
using SignalExchange.Contracts;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Writes;

namespace SignalExchange.Storage.Postgres.Archives;

/// <summary>The database in one snapshot. For one reader.</summary>
internal sealed class PostgresArchive(NpgsqlConnection connection, int shardCount, long expectedRecords) : IArchive
{
    private const string States = "SELECT name, grain_id, etag, payload FROM grain_state ORDER BY grain_id, name";
    private const string Heads = "SELECT head FROM shard_head ORDER BY shard";
    private const string LogRows =
        "SELECT shard, first_sequence, last_sequence, commit_id, changes FROM shard_log ORDER BY shard, last_sequence";
    private const string Indicators = "SELECT token, version, state FROM indicator ORDER BY token";
    private const string Logs = "SELECT id, name, epoch, first, size, published FROM access_log ORDER BY name";
    private const string Tails =
        "SELECT position, count, digest, records FROM access_log_tail WHERE position >= $1 AND position < $2 ORDER BY position";
    private const string Resources =
        "SELECT name, path, content FROM access_log_resource JOIN access_log ON id = log ORDER BY name, path";

    /// <inheritdoc/>
    public int ShardCount => shardCount;

    /// <inheritdoc/>
    public long ExpectedRecords => expectedRecords;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchiveRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var state in Rows(States, ToState, cancellationToken))
        {
            yield return state;
        }

        var heads = await Rows(Heads, row => row.GetInt64(0), cancellationToken).ToArrayAsync(cancellationToken);
        await foreach (var row in Rows(LogRows, ToLogRow, cancellationToken))
        {
            yield return row;
            heads[row.Shard.Number] -= row.LastSequence - row.FirstSequence + 1;
        }

        if (heads.Any(left => left != 0))
        {
            throw new StorageFormatException("The database is damaged: a shard's log does not reach its head.");
        }

        await foreach (var indicator in Rows(Indicators, ToIndicator, cancellationToken))
        {
            yield return indicator;
        }

        await foreach (var record in ReadAccessLogs(cancellationToken))
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async IAsyncEnumerable<ArchiveRecord> ReadAccessLogs(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var logs = await Rows(Logs, row => (Id: row.GetInt32(0), Log: ToLog(row)), cancellationToken)
            .ToListAsync(cancellationToken);
        foreach (var (_, log) in logs)
        {
            yield return log;
        }

        foreach (var (id, log) in logs)
        {
            NpgsqlParameter[] range =
            [
                Parameters.Number(TailPosition.Of(id, 0)),
                Parameters.Number(TailPosition.Of(id + 1, 0)),
            ];
            await foreach (var row in Rows(Tails, row => ToTail(row, log.Log), cancellationToken, range))
            {
                yield return row;
            }
        }

        await foreach (var resource in Rows(Resources, ToResource, cancellationToken))
        {
            yield return resource;
        }
    }

    private static ArchivedState ToState(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3));

    private static ArchivedLogRow ToLogRow(NpgsqlDataReader row) =>
        new(
            new(row.GetInt32(0)),
            row.GetInt64(1),
            row.GetInt64(2),
            CommitStatements.CommitIdOf(row.GetGuid(3)),
            row.GetFieldValue<byte[]>(4)
        );

    private static ArchivedIndicator ToIndicator(NpgsqlDataReader row) =>
        new(new Token(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), row.GetFieldValue<byte[]>(2));

    private static ArchivedAccessLog ToLog(NpgsqlDataReader row) =>
        new(row.GetString(1), row.GetInt64(2), new(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));

    private static ArchivedTail ToTail(NpgsqlDataReader row, string log)
    {
        var stored = new TailRow(
            row.GetInt64(0),
            row.GetInt32(1),
            row.GetFieldValue<byte[]>(2),
            row.GetFieldValue<byte[]>(3)
        );
        var first = TailPosition.IndexOf(stored.Position);
        _ = stored.From(log, first); // Its checksum names the position, which is another one elsewhere.
        return new(log, first, stored.Count, stored.Records);
    }

    private static ArchivedResource ToResource(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2));

    private async IAsyncEnumerable<T> Rows<T>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = Parameters.Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await StepAsync(reader, cancellationToken))
        {
            yield return read(reader);
        }
    }

    private async Task<bool> StepAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (PostgresErrors.IsStorage(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Unavailable(exception, connection.Database);
        }
    }
}
