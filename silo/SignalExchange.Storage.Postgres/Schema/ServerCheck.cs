using Npgsql;

namespace SignalExchange.Storage.Postgres.Schema;

/// <summary>Whether a server keeps what it acknowledges, and knows what the tables need.</summary>
internal static class ServerCheck
{
    // The oldest that the tests run against.
    private const int OldestServer = 15;

    /// <summary>Throws unless it does.</summary>
    /// <exception cref="StorageUnavailableException">It does not; the message says what to change.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, string where, CancellationToken cancellationToken)
    {
        Require(
            connection.PostgreSqlVersion.Major >= OldestServer,
            $"PostgreSQL {connection.PostgreSqlVersion} is too old: {OldestServer} or later."
        );
        await using var command = new NpgsqlCommand(
            """
            SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('server_encoding'),
              current_setting('transaction_read_only')
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        Require(reader.GetString(0) == "on", "The server has fsync off: the power could take what was acknowledged.");
        Require(
            reader.GetString(1) is not ("off" or "local"),
            "synchronous_commit can't be set on: is a pooler in between that drops Options? Connect to the server itself."
        );
        Require(reader.GetString(2) == "UTF8", "The database's encoding must be UTF8.");
        Require(
            reader.GetString(3) == "off",
            "The database is read-only, a standby for instance. Connect to the primary."
        );

        void Require(bool holds, string broken)
        {
            if (!holds)
            {
                throw new StorageUnavailableException($"{broken} The database is {where}.");
            }
        }
    }
}
