using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.Storage.Sqlite.Archives;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Archives;

/// <summary>A data folder of the embedded engine.</summary>
internal sealed class SqliteArchiveUnderTest : IArchivedStorageUnderTest
{
    private readonly TestFolder _folder = new();

    private string Logs => _folder.In("log");

    public IArchiveSource Source(bool isAlone = false) => new SqliteArchiveSource(_folder.Path, Logs, isAlone);

    public IArchiveTarget Target() => new SqliteArchiveTarget(_folder.Path, Logs);

    public async Task<OpenStores> OpenAsync(CancellationToken cancellationToken)
    {
        var store = await _folder.OpenStoreAsync(options => options.ShardCount = ArchiveSample.Shards);
        var logs = new SqliteAccessLogStore(
            Options.Create(new SqliteAccessLogOptions { Folder = Logs }),
            NullLogger<SqliteAccessLogStore>.Instance
        );
        await logs.OpenAsync(cancellationToken);
        return new(store, store, logs);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
