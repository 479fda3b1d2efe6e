using Microsoft.Data.Sqlite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests;

/// <summary>The embedded storage in a folder of its own.</summary>
internal sealed class SqliteStorageUnderTest : IStorageUnderTest
{
    private readonly TestFolder _folder = new();
    private SqliteExchangeStore _store;

    private SqliteStorageUnderTest() => _store = _folder.NewStore();

    public IShardStore Shards => _store;

    public IGrainStateStore GrainStates => _store;

    public static async Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var storage = new SqliteStorageUnderTest();
        await storage._store.OpenAsync(cancellationToken);
        return storage;
    }

    public async Task MakeNewerAsync(CancellationToken cancellationToken)
    {
        await _store.DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version = 1000";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await _store.DisposeAsync();
        _store = _folder.NewStore();
        await _store.OpenAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
