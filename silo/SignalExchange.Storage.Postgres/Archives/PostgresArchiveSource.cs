using Npgsql;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Schema;

namespace SignalExchange.Storage.Postgres.Archives;

/// <summary>The database that silos share, read beside them in one snapshot, or while none is connected.</summary>
/// <param name="options">Where it is. Its number of shards does not matter.</param>
/// <param name="isAlone">Whether no silo may use it meanwhile: what it acknowledged then would be lost on the way.</param>
public sealed class PostgresArchiveSource(PostgresStorageOptions options, bool isAlone) : IArchiveSource
{
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /// <inheritdoc/>
    public async Task<IArchive> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = ConnectionSettings.Read(options);
        try
        {
            var connection = await ArchiveSession.BeginAsync(settings, Begin, cancellationToken);
            try
            {
                return await OpenAsync(connection, cancellationToken);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        catch (Exception exception) when (PostgresErrors.IsStorage(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Unavailable(exception, ConnectionSettings.Describe(settings));
        }
    }

    private async Task<IArchive> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (isAlone)
        {
            await ArchiveSession.RefuseSilosAsync(connection, cancellationToken);
        }

        var version = await ReadAsync<int>(connection, "SELECT max(version) FROM schema_version", cancellationToken);
        if (version != SchemaVersion.Known)
        {
            throw new StorageFormatException(
                $"The tables of the database {connection.Database} have version {version}; this program knows {SchemaVersion.Known}. "
                    + "Use the version that wrote them, or start it once on them."
            );
        }

        return new PostgresArchive(
            connection,
            await ReadAsync<int>(connection, "SELECT shard_count FROM exchange", cancellationToken),
            await ReadAsync<long>(
                connection,
                "SELECT (SELECT count(*) FROM grain_state) + (SELECT count(*) FROM shard_log) + (SELECT count(*) FROM indicator)",
                cancellationToken
            )
        );
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
