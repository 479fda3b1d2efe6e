using Npgsql;
using NpgsqlTypes;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.AccessLog;

/// <summary>The statements of leases and tails; each is a transaction, and those that write are fenced by the log's epoch.</summary>
/// <remarks>
/// A write finds the log by name and epoch and locks its row in the same statement, so a lease that ended before it changes
/// nothing. Taking a log locks the row against everything else; publishing (<see cref="ResourceStatements"/>) does not hold
/// up appending.
/// </remarks>
internal static class TailStatements
{
    // Rows that one transaction lets go: entries that wait for the disk come first.
    private const int RowsPerTrim = 256;

    private const string Acquire = """
        WITH taken AS (SELECT FROM access_log WHERE name = $1 FOR UPDATE)
        INSERT INTO access_log (name, epoch, first, size, published)
        SELECT $1, 1, 0, 0, 0 FROM (SELECT count(*) FROM taken) AS locked
        ON CONFLICT (name) DO UPDATE SET epoch = access_log.epoch + 1, settled = 0
        RETURNING id, epoch, settled, first, size, published
        """;

    private const string Find = "SELECT id, epoch, settled, first, size, published FROM access_log WHERE name = $1";

    private const string Append = """
        WITH held AS (
          UPDATE access_log SET size = $3 + $4 WHERE name = $1 AND epoch = $2 AND size = $3 AND settled = $9 RETURNING id
        )
        INSERT INTO access_log_tail (position, count, digest, records)
        SELECT position, count, digest, records FROM held, unnest($5, $6, $7, $8) AS rows (position, count, digest, records)
        """;

    // Waits for the append that holds the row. One that comes later names an older number; so does a settling that is late itself.
    private const string Settle = """
        UPDATE access_log SET settled = greatest(settled, $3) WHERE name = $1 AND epoch = $2
        RETURNING id, epoch, settled, first, size, published
        """;

    private const string MarkPublished = """
        UPDATE access_log SET published = $3 WHERE name = $1 AND epoch = $2 AND published <= $3 AND size >= $3
        """;

    private const string Trim = """
        WITH held AS (
          SELECT id, first FROM access_log WHERE name = $1 AND epoch = $2 AND published >= $3 FOR NO KEY UPDATE
        ), gone AS (
          DELETE FROM access_log_tail WHERE position IN (
            SELECT position FROM held, access_log_tail
            WHERE position >= (held.id::bigint << 48) AND position < ((held.id::bigint << 48) | $3)
              AND position + count <= ((held.id::bigint << 48) | $3)
            ORDER BY position LIMIT $4
          )
          RETURNING (position & ((1::bigint << 48) - 1)) + count AS next
        ), moved AS (
          UPDATE access_log SET first = (SELECT max(next) FROM gone)
          FROM held WHERE access_log.id = held.id AND EXISTS (SELECT FROM gone)
        )
        SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM gone)
        """;

    // One statement, so that a row can't go between the look at the log and the look at its rows. From the row that holds the
    // first index: the last one that begins at or in front of it. Rows until they make four megabytes.
    private const string Rows = """
        SELECT log.first, log.size, page.position, page.count, page.digest, page.records
        FROM access_log AS log LEFT JOIN LATERAL (
          SELECT *, sum(octet_length(records)) OVER (ORDER BY position) - octet_length(records) AS bytes_before
          FROM (
            SELECT * FROM access_log_tail
            WHERE position < ((log.id::bigint << 48) | least(log.size, $2 + $3)) AND position >= (
              SELECT max(position) FROM access_log_tail AS begins
              WHERE begins.position >= (log.id::bigint << 48) AND begins.position <= ((log.id::bigint << 48) | least(log.size, $2))
            )
            ORDER BY position LIMIT 256
          ) AS rows
        ) AS page ON page.bytes_before < 4194304
        WHERE log.name = $1
        ORDER BY page.position
        """;

    /// <summary>Takes a log.</summary>
    public static async Task<StoredLog> AcquireAsync(NpgsqlConnection connection, string log)
    {
        await using var command = Parameters.Command(connection, Acquire, Parameters.Text(log));
        return (await WriteRowAsync(command))!;
    }

    /// <summary>Waits for an append that is running, and sees to it that no earlier one comes later.</summary>
    /// <returns>The log; null when the lease has ended.</returns>
    public static async Task<StoredLog?> SettleAsync(
        NpgsqlConnection connection,
        (AccessLogLease Lease, long Number) settling
    )
    {
        await using var command = Parameters.Command(
            connection,
            Settle,
            Parameters.Text(settling.Lease.Log),
            Parameters.Number(settling.Lease.Epoch),
            Parameters.Number(settling.Number)
        );
        return await WriteRowAsync(command);
    }

    /// <summary>Reads what is known of a log; null when nobody ever took it.</summary>
    public static async Task<StoredLog?> FindAsync(
        NpgsqlConnection connection,
        string log,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(connection, Find, Parameters.Text(log));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? StoredLog.Read(reader) : null;
    }

    /// <summary>Appends records.</summary>
    /// <returns>Whether they were; when not, the lease has ended, or the log has another size or was settled meanwhile.</returns>
    public static async Task<bool> AppendAsync(NpgsqlConnection connection, TailAppend append)
    {
        var rows = append.Rows;
        await using var command = Parameters.Command(
            connection,
            Append,
            Parameters.Text(append.Lease.Log),
            Parameters.Number(append.Lease.Epoch),
            Parameters.Number(append.FirstIndex),
            Parameters.Number(append.Count),
            Parameters.Array(NpgsqlDbType.Bigint, rows, static row => row.Position),
            Parameters.Array(NpgsqlDbType.Integer, rows, static row => row.Count),
            Parameters.Array(NpgsqlDbType.Bytea, rows, static row => row.Digest),
            Parameters.Array(NpgsqlDbType.Bytea, rows, static row => row.Records),
            Parameters.Number(append.Settled)
        );
        return await command.ExecuteNonQueryAsync() > 0;
    }

    /// <summary>Notes the published size.</summary>
    /// <returns>Whether it was; when not, the lease has ended or the size can't be.</returns>
    public static async Task<bool> MarkPublishedAsync(
        NpgsqlConnection connection,
        (AccessLogLease Lease, long Size) mark
    )
    {
        await using var command = Parameters.Command(
            connection,
            MarkPublished,
            Parameters.Text(mark.Lease.Log),
            Parameters.Number(mark.Lease.Epoch),
            Parameters.Number(mark.Size)
        );
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Lets some rows go that lie in front of an index.</summary>
    /// <returns>Whether the lease held and the index is published; and whether there may be more rows.</returns>
    public static async Task<(bool IsHeld, bool IsMore)> TrimSomeAsync(
        NpgsqlConnection connection,
        (AccessLogLease Lease, long Before) trim
    )
    {
        await using var command = Parameters.Command(
            connection,
            Trim,
            Parameters.Text(trim.Lease.Log),
            Parameters.Number(trim.Lease.Epoch),
            Parameters.Number(trim.Before),
            Parameters.Number(RowsPerTrim)
        );
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var result = (reader.GetInt64(0) == 1, reader.GetInt64(1) == RowsPerTrim);
        await reader.CloseAsync();
        return result;
    }

    /// <summary>Reads records, some megabytes at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first index was trimmed.</exception>
    /// <exception cref="AccessLogStoredWrongException">A row is missing or damaged.</exception>
    public static async Task<List<AccessLogRecord>> ReadAsync(
        NpgsqlConnection connection,
        (string Log, long First, int Count) range,
        CancellationToken cancellationToken
    )
    {
        var (log, first, count) = range;
        await using var command = Parameters.Command(
            connection,
            Rows,
            Parameters.Text(log),
            Parameters.Number(first),
            Parameters.Number(count)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<AccessLogRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(first, reader.GetInt64(0));
            var (next, end) = (first + records.Count, Math.Min(reader.GetInt64(1), first + count));
            if (next < end)
            {
                var row = reader.IsDBNull(2) ? throw TailRow.Missing(log, next) : RowOf(reader);
                records.AddRange(row.From(log, next).Take((int)(end - next)));
            }
        }

        return records;
    }

    private static async Task<StoredLog?> WriteRowAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var log = await reader.ReadAsync() ? StoredLog.Read(reader) : null;
        await reader.CloseAsync(); // The statement's commit is heard of here.
        return log;
    }

    private static TailRow RowOf(NpgsqlDataReader reader) =>
        new(reader.GetInt64(2), reader.GetInt32(3), reader.GetFieldValue<byte[]>(4), reader.GetFieldValue<byte[]>(5));
}
