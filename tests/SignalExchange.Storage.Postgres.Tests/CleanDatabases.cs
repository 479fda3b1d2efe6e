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
        DELETE FROM membership; DELETE FROM membership_version; DELETE FROM reminder;
        DELETE FROM schema_version WHERE name = 'newer';
        """;

    private readonly ConcurrentBag<string> _idle = [];
    private readonly PostgresFixture _postgres = new();

    /// <summary>Gets the port of the server on loopback.</summary>
    public int Port => _postgres.Server.Port;

    public ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    /// <summary>Makes a database without tables, for one test.</summary>
    public Task<string> CreateAsync(CancellationToken cancellationToken) =>
        _postgres.CreateDatabaseAsync(cancellationToken);

    /// <summary>Returns a database that nobody else has, until <see cref="ReturnAsync"/>.</summary>
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
