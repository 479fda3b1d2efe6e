using Npgsql;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.GrainStates;

/// <summary>The statements of ordinary grain states; each is a transaction.</summary>
internal static class GrainStateStatements
{
    private const string Read = "SELECT etag, payload FROM grain_state WHERE name = $1 AND grain_id = $2";

    private const string Insert = """
        INSERT INTO grain_state (name, grain_id, etag, payload) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        """;

    private const string Update =
        "UPDATE grain_state SET etag = $3, payload = $4 WHERE name = $1 AND grain_id = $2 AND etag = $5";

    private const string Delete = "DELETE FROM grain_state WHERE name = $1 AND grain_id = $2 AND etag = $3";

    /// <summary>Reads a state.</summary>
    public static async Task<GrainStateRow?> ReadAsync(
        NpgsqlConnection connection,
        GrainStateKey key,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(
            connection,
            Read,
            Parameters.Text(key.Name),
            Parameters.Text(key.GrainId)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetString(0), reader.GetFieldValue<byte[]>(1))
            : null;
    }

    /// <summary>Writes a state over the expected row.</summary>
    /// <returns>False when the row has another ETag, or is there, or is not; nothing is written then.</returns>
    public static async Task<bool> WriteAsync(NpgsqlConnection connection, GrainStateChange change)
    {
        var (key, payload, expected, next) = change;
        NpgsqlParameter[] parameters =
        [
            Parameters.Text(key.Name),
            Parameters.Text(key.GrainId),
            Parameters.Text(next),
            Parameters.Bytes(payload),
        ];
        await using var command = expected is null
            ? Parameters.Command(connection, Insert, parameters)
            : Parameters.Command(connection, Update, [.. parameters, Parameters.Text(expected)]);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Removes the expected row.</summary>
    /// <returns>False when the row has another ETag, or is not there; nothing is written then.</returns>
    public static async Task<bool> ClearAsync(NpgsqlConnection connection, (GrainStateKey Key, string ETag) expected)
    {
        await using var command = Parameters.Command(
            connection,
            Delete,
            Parameters.Text(expected.Key.Name),
            Parameters.Text(expected.Key.GrainId),
            Parameters.Text(expected.ETag)
        );
        return await command.ExecuteNonQueryAsync() == 1;
    }
}
