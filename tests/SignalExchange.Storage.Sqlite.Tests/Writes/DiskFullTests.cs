using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

public sealed class DiskFullTests : WriterTests
{
    private const int PayloadBytes = 100_000;

    private long _maxBytes = 1024 * 1024;

    [Fact]
    public async Task Full_storage_refuses_commits_and_keeps_what_it_has_until_it_may_grow()
    {
        var model = Models(1)[0];
        var refused = await FillAsync(model);

        await ShardAssert.HoldsAsync(model, Store, Cancellation);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => CommitAsync(refused));

        _maxBytes *= 2;
        await ReopenAsync();
        await model.CommitAsync(Store, refused, Cancellation);
        await ShardAssert.HoldsAsync(model, Store, Cancellation);
    }

    [Fact]
    public async Task Storage_that_was_full_works_again_by_itself_once_there_is_room()
    {
        var etag = await WriteStateAsync("large", PayloadBytes * 5);
        var model = Models(1)[0];
        var refused = await FillAsync(model);

        await Store.ClearAsync("large", "grain", etag, Cancellation);

        await model.CommitAsync(Store, refused, Cancellation);
        await ShardAssert.HoldsAsync(model, Store, Cancellation);
    }

    [Fact]
    public async Task Operator_hears_once_that_writing_fails_and_once_that_it_works_again()
    {
        var etag = await WriteStateAsync("large", PayloadBytes * 5);
        var model = Models(1)[0];
        var refused = await FillAsync(model);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => CommitAsync(refused));
        await Store.ClearAsync("large", "grain", etag, Cancellation);
        await model.CommitAsync(Store, refused, Cancellation);

        Assert.Single(Folder.Logged, line => line.StartsWith("Error: Storage cannot write", StringComparison.Ordinal));
        Assert.Single(Folder.Logged, line => line.Contains("again after 2 failures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Full_storage_still_takes_what_fits_from_the_same_group()
    {
        var etag = await WriteStateAsync("small", 100);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteStateAsync("huge", PayloadBytes * 20));
        using var gate = await GateWrite.HoldAsync(Store, Cancellation);

        var huge = WriteStateAsync("huge", PayloadBytes * 20);
        var small = Store.WriteAsync("small", "grain", new byte[90], etag, Cancellation);
        gate.Open();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => huge);
        Assert.Equal(await small, (await Store.ReadAsync("small", "grain", Cancellation))?.ETag);
        Assert.Null(await Store.ReadAsync("huge", "grain", Cancellation));
    }

    private protected override void Configure(SqliteStorageOptions options) => options.MaxDatabaseBytes = _maxBytes;

    private Task<string> WriteStateAsync(string name, int bytes) =>
        Store.WriteAsync(name, "grain", new byte[bytes], null, Cancellation);

    // Commits until the storage is full; returns the commit that it refused.
    private async Task<ShardCommit> FillAsync(ShardModel model)
    {
        while (true)
        {
            var commit = model.Next([.. Enumerable.Range((int)model.Head, 100)]);
            try
            {
                await model.CommitAsync(Store, commit, Cancellation);
            }
            catch (StorageUnavailableException exception)
            {
                Assert.Contains(Folder.Path, exception.Message, StringComparison.Ordinal);
                return commit;
            }
        }
    }
}
