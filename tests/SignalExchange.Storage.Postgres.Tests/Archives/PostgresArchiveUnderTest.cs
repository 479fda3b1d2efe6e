using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Postgres.Archives;
using SignalExchange.Storage.Postgres.Tests.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Archives;

/// <summary>A database, without tables at first.</summary>
internal sealed class PostgresArchiveUnderTest(string database) : IArchivedStorageUnderTest
{
    public IArchiveSource Source(bool isAlone = false) => new PostgresArchiveSource(Options, isAlone);

    public IArchiveTarget Target() => new PostgresArchiveTarget(Options);

    public async Task<OpenStores> OpenAsync(CancellationToken cancellationToken)
    {
        var store = PostgresStorageUnderTest.NewStore(database, it => it.ShardCount = ArchiveSample.Shards);
        await store.OpenAsync(cancellationToken);
        var logs = PostgresAccessLogUnderTest.NewStore(database, it => it.ShardCount = ArchiveSample.Shards);
        await logs.OpenAsync(cancellationToken);
        return new(store, store, logs);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private PostgresStorageOptions Options => new() { ConnectionString = database };
}
