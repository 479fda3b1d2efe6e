using Npgsql;

namespace SignalExchange.Storage.Postgres.Tests;

/// <summary>Looks at a database, and meddles with it, past the stores.</summary>
internal sealed class Database(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        $"{connectionString};Search Path=signalexchange;Pooling=false"
    );

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>Holds a shard's head until it is disposed, as another silo's transaction would.</summary>
    public async Task<IAsyncDisposable> HoldHeadAsync(Shard shard)
    {
        var connection = await _source.OpenConnectionAsync(Ct);
        await connection.BeginTransactionAsync(Ct);
        await using var command = new NpgsqlCommand(
            $"SELECT FROM shard_head WHERE shard = {shard} FOR UPDATE",
            connection
        );
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    /// <summary>Waits until so many sessions wait for a lock.</summary>
    public Task UntilWaitingAsync(int sessions) =>
        Deadline.UntilAsync(
            async () =>
                await ReadAsync<long>(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                ) >= sessions,
            $"{sessions} sessions wait for a lock"
        );

    /// <summary>Ends the sessions of the stores' writers.</summary>
    /// <returns>How many.</returns>
    public Task<long> EndWritersAsync() =>
        ReadAsync<long>(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name = 'SignalExchange writer' AND datname = current_database()
            """
        );

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
