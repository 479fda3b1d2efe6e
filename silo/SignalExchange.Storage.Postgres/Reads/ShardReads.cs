using Npgsql;
using SignalExchange.Contracts;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Writes;

namespace SignalExchange.Storage.Postgres.Reads;

/// <summary>The reads of shards. Each is one statement, and so sees the database at one moment.</summary>
internal static class ShardReads
{
    private const string Head = "SELECT head FROM shard_head WHERE shard = $1";
    private const string Heads = "SELECT head FROM shard_head ORDER BY shard";
    private const string Indicator = "SELECT version, state FROM indicator WHERE token = $1";

    // Rows until they make a megabyte: their lengths are known without reading them.
    private const string LogPage = """
        SELECT last_sequence, first_sequence, commit_id, changes
        FROM (
          SELECT *, sum(octet_length(changes)) OVER (ORDER BY last_sequence) - octet_length(changes) AS bytes_before
          FROM (
            SELECT * FROM shard_log WHERE shard = $1 AND last_sequence > $2 ORDER BY last_sequence LIMIT 256
          ) AS rows
        ) AS page
        WHERE bytes_before < 1048576
        ORDER BY last_sequence
        """;

    /// <summary>Reads a head.</summary>
    public static async Task<long> HeadAsync(
        NpgsqlConnection connection,
        Shard shard,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(connection, Head, Parameters.Number(shard.Number));
        return await command.ExecuteScalarAsync(cancellationToken) is long head ? head : throw Damaged("a head", shard);
    }

    /// <summary>Reads the heads of all shards, in order.</summary>
    public static async Task<long[]> HeadsAsync(
        NpgsqlConnection connection,
        ShardMap shards,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Heads, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var heads = new long[shards.Count];
        foreach (var shard in shards.All)
        {
            heads[shard.Number] = await reader.ReadAsync(cancellationToken)
                ? reader.GetInt64(0)
                : throw Damaged("a head", shard);
        }

        return heads;
    }

    /// <summary>Reads an indicator's state.</summary>
    public static async Task<IndicatorRow?> IndicatorAsync(
        NpgsqlConnection connection,
        Token token,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(connection, Indicator, Parameters.Bytes(token.ToArray()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(token, reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
            : null;
    }

    /// <summary>Reads rows of a shard's log, about a megabyte at most; none at its end.</summary>
    public static async Task<List<LogRow>> LogPageAsync(
        NpgsqlConnection connection,
        (Shard Shard, long After) from,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(
            connection,
            LogPage,
            Parameters.Number(from.Shard.Number),
            Parameters.Number(from.After)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<LogRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(CurrentRow(reader, from.Shard));
        }

        return rows;
    }

    private static LogRow CurrentRow(NpgsqlDataReader reader, Shard shard)
    {
        var row = new LogRow(
            shard,
            reader.GetInt64(1),
            CommitStatements.CommitIdOf(reader.GetGuid(2)),
            LogRowCodec.Decode(reader.GetFieldValue<byte[]>(3))
        );
        return row.LastSequence == reader.GetInt64(0) ? row : throw Damaged("a log row", shard);
    }

    private static StorageFormatException Damaged(string what, Shard shard) =>
        new($"The database is damaged: {what} of shard {shard} is not whole. Restore it from a backup.");
}
