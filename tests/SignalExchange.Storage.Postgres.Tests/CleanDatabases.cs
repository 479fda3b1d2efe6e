using System.Collections.Concurrent;
using Npgsql;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Storage.Postgres.Tests;

/// <summary>Databases of the exchange with nothing in them, made once and emptied after each use.</summary>
public sealed class CleanDatabases : IAsyncLifetime
{
    // Partitions are emptied with their tables.
    private const string Empty = """
        DELETE FROM shard_log; DELETE FROM indicator; DELETE FROM grain_state; UPDATE shard_head SET head = 0;
        DELETE FROM access_log_resource; DELETE FROM access_log_tail; DELETE FROM access_log;
        """;

    private readonly ConcurrentBag<string> _idle = [];
    private readonly PostgresFixture _postgres = new();

    public ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    public async Task<string> RentAsync(CancellationToken cancellationToken) =>
        _idle.TryTake(out var database) ? database : await _postgres.CreateDatabaseAsync(cancellationToken);

    public async Task ReturnAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Search Path=signalexchange;Pooling=false");
        await using var command = source.CreateCommand(Empty);
        await command.ExecuteNonQueryAsync();
        _idle.Add(database);
    }
}
