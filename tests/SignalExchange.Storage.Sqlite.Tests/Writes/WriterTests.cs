using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

/// <summary>What the tests of the writer share: an open store, models of its shards, a way to hold the writer.</summary>
public abstract class WriterTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private SqliteExchangeStore? _store;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected SqliteExchangeStore Store => _store!;

    private protected TestFolder Folder => _folder;

    public async ValueTask InitializeAsync() => _store = await _folder.OpenStoreAsync(Configure);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected virtual void Configure(SqliteStorageOptions options) { }

    private protected ShardModel[] Models(int count) =>
        [.. Enumerable.Range(0, count).Select(shard => new ShardModel(Store.Shards, new(shard)))];

    private protected Task<CommitOutcome> CommitAsync(ShardCommit commit) => Store.CommitAsync(commit, Cancellation);

    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await _folder.OpenStoreAsync(Configure);
    }
}
