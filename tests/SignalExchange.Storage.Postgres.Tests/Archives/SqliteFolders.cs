using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.Storage.Sqlite.Archives;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Archives;

/// <summary>A data folder of the embedded engine.</summary>
internal sealed class SqliteFolders : IDisposable
{
    public const int Shards = 16;

    private readonly string _root = Directory.CreateTempSubdirectory("signalexchange-archive-").FullName;

    public string Data => Path.Combine(_root, "data");

    public string Log => Path.Combine(Data, "log");

    public string File => Path.Combine(_root, "exchange.backup");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public SqliteArchiveSource Source(bool isAlone = true) => new(Data, Log, isAlone);

    public SqliteArchiveTarget Target() => new(Data, Log);

    public async Task<SqliteExchangeStore> OpenAsync()
    {
        var options = new SqliteStorageOptions { DataDirectory = Data, ShardCount = Shards };
        var store = new SqliteExchangeStore(Options.Create(options), NullLogger<SqliteExchangeStore>.Instance);
        await store.OpenAsync(Ct);
        return store;
    }

    public async Task<SqliteAccessLogStore> OpenLogAsync()
    {
        var options = new SqliteAccessLogOptions { Folder = Log };
        var store = new SqliteAccessLogStore(Options.Create(options), NullLogger<SqliteAccessLogStore>.Instance);
        await store.OpenAsync(Ct);
        return store;
    }

    /// <summary>Puts something of every kind in.</summary>
    public async Task FillAsync()
    {
        await using (var store = await OpenAsync())
        {
            foreach (var shard in store.Shards.All.Where(shard => shard.Number % 3 != 0))
            {
                var model = new ShardModel(store.Shards, shard);
                foreach (
                    var numbers in (int[][])
                        [
                            [1],
                            [2, 3],
                            [1, 4, 5],
                            [2],
                        ]
                )
                {
                    await model.CommitAsync(store, model.Next(numbers), Ct);
                }
            }

            await store.WriteAsync("registry", "0", new byte[] { 1, 2, 3 }, null, Ct);
            await store.WriteAsync("session", "größe/✓", ReadOnlyMemory<byte>.Empty, null, Ct);
            await store.WriteAsync("account", "0", new byte[100_000], null, Ct);
        }

        await using var log = await OpenLogAsync();
        foreach (var name in (string[])["silo-1", "a-log"])
        {
            var lease = await log.AcquireAsync(name, Ct);
            await log.AppendAsync(lease, 0, AccessLogRecords.From(0, 300), Ct);
            await log.PutAsync(lease, "tile/0/000", new byte[8192], Ct);
            await log.PutAsync(lease, "tile/entries/000", new byte[] { 7 }, Ct);
            await log.PutAsync(lease, "detail/000", new byte[] { 8 }, Ct);
            await log.PutAsync(lease, "tile/0/001.p/44", new byte[44 * 32], Ct);
            await log.PutAsync(lease, AccessLogPaths.Checkpoint, new byte[] { 9 }, Ct);
            await log.MarkPublishedAsync(lease, 300, Ct);
            await log.TrimAsync(lease, 256, Ct);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
