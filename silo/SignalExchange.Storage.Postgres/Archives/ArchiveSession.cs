using Npgsql;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Archives;

/// <summary>A connection for the work of hours: one transaction, without the limits that calls have.</summary>
internal static class ArchiveSession
{
    private const string Name = "SignalExchange archive";

    // Ours go by keys; a copy reads tables from one end to the other.
    private const string NoLimits = """
        SET LOCAL statement_timeout = 0;
        SET LOCAL lock_timeout = 0;
        SET LOCAL idle_in_transaction_session_timeout = 0;
        SET LOCAL enable_seqscan = on;
        SET LOCAL plan_cache_mode = auto;
        """;

    // Silos that are connected have their writers' sessions; those of this database only can be asked about.
    private const string CountSilos = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'SignalExchange%' AND application_name <> $1
          AND pid <> pg_backend_pid()
        """;

    /// <summary>Connects, and begins the transaction.</summary>
    /// <param name="settings">From <see cref="ConnectionSettings.Read"/>.</param>
    /// <param name="begin">The statement that begins it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<NpgsqlConnection> BeginAsync(
        NpgsqlConnectionStringBuilder settings,
        string begin,
        CancellationToken cancellationToken
    )
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            ApplicationName = Name,
            Pooling = false,
            CommandTimeout = 0,
            MaxAutoPrepare = 0,
        };
        var connection = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, begin + ";" + NoLimits, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws when a silo is connected to the database.</summary>
    /// <exception cref="StorageInUseException">One is.</exception>
    public static async Task RefuseSilosAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Parameters.Command(connection, CountSilos, Parameters.Text(Name));
        if (await command.ExecuteScalarAsync(cancellationToken) is long and > 0)
        {
            throw new StorageInUseException(
                $"Silos are connected to the database {connection.Database}. Stop them: what they acknowledge now would be lost on the way."
            );
        }
    }

    /// <summary>Runs statements without parameters.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
