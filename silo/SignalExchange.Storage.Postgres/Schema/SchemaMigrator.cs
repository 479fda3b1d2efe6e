using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Schema;

/// <summary>Brings a database's tables to the version of this program, and refuses a database that it must not use.</summary>
/// <remarks>
/// 1. Look at the server. 2. Look at the version; usually it is ours, and no right but to read and write is needed. 3. Else
/// bring it up, in one transaction under an advisory lock: silos that start together do it once. 4. Compare the number of shards.
/// </remarks>
internal sealed class SchemaMigrator(NpgsqlConnectionStringBuilder settings, int shardCount, ILogger logger)
{
    // "SIGX": what silos that start at the same time take turns on.
    private const long AdvisoryLock = 0x5349_4758;

    private readonly string _where = ConnectionSettings.Describe(settings);

    /// <summary>Runs the four steps.</summary>
    /// <returns>The server's version, in words.</returns>
    /// <exception cref="StorageFormatException">The tables are not ours, newer, or for another number of shards.</exception>
    /// <exception cref="StorageUnavailableException">The server can't be used.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }
            );
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await ServerCheck.RunAsync(connection, _where, cancellationToken);
            var found = await ReadVersionAsync(connection, cancellationToken);
            if (found < SchemaVersion.Known)
            {
                await UpgradeAsync(connection, cancellationToken);
            }

            await CheckShardCountAsync(connection, cancellationToken);
            return connection.PostgreSqlVersion.ToString();
        }
        catch (Exception exception) when (PostgresErrors.IsStorage(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Unavailable(exception, _where);
        }
    }

    private async Task UpgradeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SET LOCAL statement_timeout = 0;
                SET LOCAL lock_timeout = 0;
                SET LOCAL enable_seqscan = on;
                SET LOCAL signalexchange.shard_count = {shardCount};
                SELECT pg_advisory_xact_lock({AdvisoryLock});
                """
            ),
            cancellationToken
        );
        var from = await ReadVersionAsync(connection, cancellationToken);
        foreach (var version in SchemaVersion.All.Where(version => version.Number > from))
        {
            await ApplyAsync(connection, version, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (from < SchemaVersion.Known)
        {
            PostgresStorageLog.Migrated(logger, _where, from, SchemaVersion.Known);
        }
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection,
        SchemaVersion version,
        CancellationToken cancellationToken
    )
    {
        if (version.Number == 1)
        {
            await ExecuteAsync(
                connection,
                $"""
                CREATE SCHEMA IF NOT EXISTS {ConnectionSettings.Schema};
                CREATE TABLE {ConnectionSettings.Schema}.schema_version (
                  version integer PRIMARY KEY,
                  name text NOT NULL,
                  applied_at timestamptz NOT NULL DEFAULT now()
                );
                """,
                cancellationToken
            );
        }

        await ExecuteAsync(connection, version.ReadSql(), cancellationToken);
        await using var note = Parameters.Command(
            connection,
            "INSERT INTO schema_version (version, name) VALUES ($1, $2)",
            Parameters.Number(version.Number),
            Parameters.Text(version.Name)
        );
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads the version of the tables; 0 when there are none.</summary>
    /// <exception cref="StorageFormatException">They are newer, or not ours.</exception>
    private async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var relations = await ReadAsync<long>(
            connection,
            $"SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('{ConnectionSettings.Schema}')",
            cancellationToken
        );
        if (relations == 0)
        {
            return 0;
        }

        if (
            !await ReadAsync<bool>(
                connection,
                $"SELECT to_regclass('{ConnectionSettings.Schema}.schema_version') IS NOT NULL",
                cancellationToken
            )
        )
        {
            throw new StorageFormatException(
                $"The schema {ConnectionSettings.Schema} of {_where} was not made by this exchange. Use another database."
            );
        }

        var version = await ReadAsync<int>(connection, "SELECT max(version) FROM schema_version", cancellationToken);
        return version <= SchemaVersion.Known
            ? version
            : throw new StorageFormatException(
                $"The tables of {_where} have version {version}; this program knows {SchemaVersion.Known}. "
                    + "Use the version that wrote them."
            );
    }

    private async Task CheckShardCountAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync<int>(connection, "SELECT shard_count FROM exchange", cancellationToken);
        if (stored != shardCount)
        {
            throw new StorageFormatException(
                $"The tables of {_where} were made with {stored} shards, the settings say {shardCount}. "
                    + $"The number is fixed for the life of an exchange: set ShardCount to {stored}."
            );
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<TValue> ReadAsync<TValue>(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (TValue)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
