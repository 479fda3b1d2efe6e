using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests;

/// <summary>A database with two users.</summary>
internal sealed class PostgresStorageUnderTest : IStorageUnderTest
{
    private readonly CleanDatabases _databases;
    private readonly string _database;
    private PostgresExchangeStore _store;
    private PostgresExchangeStore _rival;

    private PostgresStorageUnderTest(CleanDatabases databases, string database)
    {
        (_databases, _database) = (databases, database);
        (_store, _rival) = (NewStore(database), NewStore(database));
    }

    public IShardStore Shards => _store;

    public IGrainStateStore GrainStates => _store;

    public IShardStore Rival => _rival;

    public IGrainStateStore RivalGrainStates => _rival;

    public static async Task<IStorageUnderTest> CreateAsync(
        CleanDatabases databases,
        CancellationToken cancellationToken
    )
    {
        var storage = new PostgresStorageUnderTest(databases, await databases.RentAsync(cancellationToken));
        await storage.OpenAsync(cancellationToken);
        return storage;
    }

    public static PostgresExchangeStore NewStore(string database, Action<PostgresStorageOptions>? configure = null)
    {
        var options = new PostgresStorageOptions { ConnectionString = database };
        configure?.Invoke(options);
        return new(Options.Create(options), TimeProvider.System, NullLogger<PostgresExchangeStore>.Instance);
    }

    public async Task MakeNewerAsync(CancellationToken cancellationToken)
    {
        await using var database = new Database(_database);
        await database.RunAsync("INSERT INTO schema_version (version, name) VALUES (1000, 'newer')");
    }

    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        (_store, _rival) = (NewStore(_database), NewStore(_database));
        await OpenAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _databases.ReturnAsync(_database);
    }

    private Task OpenAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_store.OpenAsync(cancellationToken), _rival.OpenAsync(cancellationToken));

    private async Task CloseAsync()
    {
        await _store.DisposeAsync();
        await _rival.DisposeAsync();
    }
}
