using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Schema;

namespace SignalExchange.Storage.Postgres.Archives;

/// <summary>A database without an exchange's data; its tables may be there, empty.</summary>
/// <param name="options">Where it is. Its number of shards becomes that of the archive.</param>
/// <remarks>Everything is one transaction, which holds off silos from its beginning.</remarks>
public sealed class PostgresArchiveTarget(PostgresStorageOptions options) : IArchiveTarget
{
    // Every silo begins by reading the heads; whoever has begun already is in pg_stat_activity.
    private const string Hold = "LOCK TABLE shard_head IN ACCESS EXCLUSIVE MODE";

    private const string HasData = """
        SELECT EXISTS (SELECT FROM grain_state) OR EXISTS (SELECT FROM shard_log)
          OR EXISTS (SELECT FROM indicator) OR EXISTS (SELECT FROM access_log)
        """;

    /// <inheritdoc/>
    public async Task WriteAsync(
        int shardCount,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        var settings = ConnectionSettings.Read(options);
        try
        {
            await new SchemaMigrator(settings, shardCount, NullLogger.Instance).RunAsync(cancellationToken);
            await using var connection = await ArchiveSession.BeginAsync(settings, "BEGIN", cancellationToken);
            await ArchiveSession.RefuseSilosAsync(connection, cancellationToken);
            await ArchiveSession.ExecuteAsync(connection, Hold, cancellationToken);
            await RefuseUnlessEmptyAsync(connection, cancellationToken);
            await using (var filler = new TableFiller(connection, shardCount))
            {
                await foreach (var record in records.WithCancellation(cancellationToken))
                {
                    await filler.AddAsync(record, cancellationToken);
                }

                await filler.FinishAsync(cancellationToken);
            }

            await ArchiveSession.ExecuteAsync(connection, "COMMIT", cancellationToken);
            await ArchiveSession.ExecuteAsync(connection, "ANALYZE", cancellationToken);
        }
        catch (Exception exception) when (PostgresErrors.IsStorage(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Unavailable(exception, ConnectionSettings.Describe(settings));
        }
    }

    /// <inheritdoc/>
    public IArchiveSource ToSource() => new PostgresArchiveSource(options, isAlone: false);

    private static async Task RefuseUnlessEmptyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(HasData, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            throw new StorageFormatException(
                $"The database {connection.Database} holds an exchange's data already. Only an empty one is written to: name another."
            );
        }
    }
}
