using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Postgres.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.AccessLog;

/// <summary>The storage of access logs in a database.</summary>
internal sealed class PostgresAccessLogUnderTest : IAccessLogStorageUnderTest
{
    private readonly CleanDatabases _databases;
    private PostgresAccessLogStore _store;

    private PostgresAccessLogUnderTest(CleanDatabases databases, string database)
    {
        (_databases, Database) = (databases, database);
        _store = NewStore();
    }

    public IAccessLogStore Logs => _store;

    public string Database { get; }

    public static async Task<PostgresAccessLogUnderTest> OpenAsync(
        CleanDatabases databases,
        CancellationToken cancellationToken
    )
    {
        var storage = new PostgresAccessLogUnderTest(databases, await databases.RentAsync(cancellationToken));
        await storage._store.OpenAsync(cancellationToken);
        return storage;
    }

    public PostgresAccessLogStore NewStore() => NewStore(Database);

    public static PostgresAccessLogStore NewStore(string connection, Action<PostgresStorageOptions>? configure = null)
    {
        var options = new PostgresStorageOptions { ConnectionString = connection };
        configure?.Invoke(options);
        return new(Options.Create(options), TimeProvider.System, NullLogger<PostgresAccessLogStore>.Instance);
    }

    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await _store.DisposeAsync();
        _store = NewStore();
        await _store.OpenAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _databases.ReturnAsync(Database);
    }
}
