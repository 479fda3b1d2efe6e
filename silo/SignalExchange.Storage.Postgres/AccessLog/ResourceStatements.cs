using Npgsql;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.AccessLog;

/// <summary>The statements of the logs' resources; each is a transaction, and those that write are fenced by the log's epoch.</summary>
/// <remarks>
/// FOR KEY SHARE waits for whoever takes the log (FOR UPDATE), and for nobody who appends to it (an UPDATE of other columns than
/// keys): https://www.postgresql.org/docs/15/explicit-locking.html#LOCKING-ROWS.
/// </remarks>
internal static class ResourceStatements
{
    private const string Get = """
        SELECT content FROM access_log_resource WHERE path = $2 AND log = (SELECT id FROM access_log WHERE name = $1)
        """;

    private const string Put = """
        WITH held AS (
          SELECT id FROM access_log WHERE name = $1 AND epoch = $2 FOR KEY SHARE
        ), put AS (
          INSERT INTO access_log_resource AS stored (log, path, content) SELECT id, $3, $4 FROM held
          ON CONFLICT (log, path) DO UPDATE SET content = excluded.content WHERE $5
          RETURNING 1
        )
        SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM put)
        """;

    // In the C collation, "0" follows "/": the range is all that lies below the folder.
    private const string DeletePartials = """
        WITH held AS (
          SELECT id FROM access_log WHERE name = $1 AND epoch = $2 FOR KEY SHARE
        ), whole AS (
          SELECT log FROM access_log_resource JOIN held ON log = id WHERE path = $3
        ), gone AS (
          DELETE FROM access_log_resource AS part USING whole
          WHERE part.log = whole.log AND path >= $3 || '.p/' AND path < $3 || '.p0'
        )
        SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM whole)
        """;

    /// <summary>Reads a resource; null when it is not there.</summary>
    public static async Task<byte[]?> GetAsync(
        NpgsqlConnection connection,
        (string Log, string Path) resource,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(
            connection,
            Get,
            Parameters.Text(resource.Log),
            Parameters.Text(resource.Path)
        );

        // Not ExecuteScalarAsync: it reads what is larger than its buffer while the thread waits.
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? await reader.GetFieldValueAsync<byte[]>(0, cancellationToken)
            : null;
    }

    /// <summary>Writes a resource, unless it is one that never changes and is there.</summary>
    /// <returns>Whether the lease held, and whether it was written.</returns>
    public static Task<(bool IsHeld, bool IsDone)> PutAsync(
        NpgsqlConnection connection,
        (AccessLogLease Lease, string Path, ReadOnlyMemory<byte> Content) resource
    ) =>
        RunAsync(
            Parameters.Command(
                connection,
                Put,
                Parameters.Text(resource.Lease.Log),
                Parameters.Number(resource.Lease.Epoch),
                Parameters.Text(resource.Path),
                Parameters.Bytes(resource.Content),
                Parameters.Truth(!AccessLogPaths.IsImmutable(resource.Path))
            )
        );

    /// <summary>Deletes the partial forms of a full resource, if it is there.</summary>
    /// <returns>Whether the lease held, and whether the full resource is there.</returns>
    public static Task<(bool IsHeld, bool IsDone)> DeletePartialsAsync(
        NpgsqlConnection connection,
        (AccessLogLease Lease, string Path) resource
    ) =>
        RunAsync(
            Parameters.Command(
                connection,
                DeletePartials,
                Parameters.Text(resource.Lease.Log),
                Parameters.Number(resource.Lease.Epoch),
                Parameters.Text(resource.Path)
            )
        );

    private static async Task<(bool IsHeld, bool IsDone)> RunAsync(NpgsqlCommand statement)
    {
        await using var command = statement;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var result = (reader.GetInt64(0) == 1, reader.GetInt64(1) == 1);
        await reader.CloseAsync(); // The statement's commit is heard of here.
        return result;
    }
}
