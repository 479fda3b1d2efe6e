using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.AccessLog;

/// <summary>The embedded storage of access logs in a folder of its own.</summary>
internal sealed class SqliteAccessLogUnderTest : IAccessLogStorageUnderTest
{
    private readonly string _parent = Directory.CreateTempSubdirectory("signalexchange-log-").FullName;

    private SqliteAccessLogUnderTest() => Store = NewStore();

    public IAccessLogStore Logs => Store;

    public SqliteAccessLogStore Store { get; private set; }

    public string Folder => Path.Combine(_parent, "log");

    public static async Task<SqliteAccessLogUnderTest> OpenAsync(CancellationToken cancellationToken)
    {
        var storage = new SqliteAccessLogUnderTest();
        await storage.Store.OpenAsync(cancellationToken);
        return storage;
    }

    public SqliteAccessLogStore NewStore(long? maxDatabaseBytes = null) =>
        new(
            Options.Create(new SqliteAccessLogOptions { Folder = Folder, MaxDatabaseBytes = maxDatabaseBytes }),
            NullLogger<SqliteAccessLogStore>.Instance
        );

    public Task ReopenAsync(CancellationToken cancellationToken) => ReopenAsync(null, cancellationToken);

    public async Task ReopenAsync(long? maxDatabaseBytes, CancellationToken cancellationToken)
    {
        await Store.DisposeAsync();
        Store = NewStore(maxDatabaseBytes);
        await Store.OpenAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(_parent, recursive: true);
    }
}
