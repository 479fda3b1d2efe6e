using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.Tests.AccessLog;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Faults;

/// <summary>The service dies and comes back. Azurite loses what it has not saved yet; the service does not.</summary>
public sealed class KilledAzuriteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_in_which_the_service_is_killed_is_unknown_until_it_is_back_and_then_whole_or_absent()
    {
        await using var azurite = await AzuriteProcess.StartAsync(accounts: 1, isKept: true, Cancellation);
        await using var storage = await AzureStorageUnderTest.OpenAsync(azurite);
        var model = new ShardModel(storage.Shards.Shards, new(3));
        await model.CommitAsync(storage.Shards, model.Next(1, 2), Cancellation);
        await azurite.WaitUntilSavedAsync(ShardKeys.LogRow(model.Head), Cancellation);

        var mine = model.Next([.. Enumerable.Range(0, 98)]);
        var store = await storage.OpenStoreAsync(KillingOnce(azurite));
        await Assert.ThrowsAsync<CommitUnknownException>(() => store.CommitAsync(mine, Cancellation));
        Assert.False(store.Standing.IsWritable);
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.ReadHeadAsync(model.Shard, Cancellation)
        );

        await azurite.KillAsync();
        await azurite.StartAsync(Cancellation);
        var rows = await ShardAssert.ReadAsync(storage.Rival, model.Shard, mine.ExpectedHead, Cancellation);
        if (rows is [var row] && row.CommitId == mine.Row.CommitId)
        {
            model.Apply(mine);
        }

        await ShardAssert.HoldsAsync(model, store, Cancellation);
        await model.CommitAsync(store, model.Next(1, 2, 3), Cancellation);
        Assert.Equal(new(IsWritable: true, 0, null, null), store.Standing);
        await ShardAssert.HoldsAsync(model, storage.Rival, Cancellation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_that_the_service_died_with_is_there_if_it_was_saved_and_so_is_all_that_was_acknowledged(
        bool isSaved
    )
    {
        await using var azurite = await AzuriteProcess.StartDurableAsync(accounts: 1, Cancellation);
        await using var storage = await AzureStorageUnderTest.OpenAsync(azurite);
        var model = new ShardModel(storage.Shards.Shards, new(3));
        await model.CommitAsync(storage.Shards, model.Next(1, 2), Cancellation);

        var (mine, dying) = (model.Next(1, 3), azurite.KillInWritesAsync(isSaved, Cancellation));
        await Assert.ThrowsAsync<CommitUnknownException>(() => storage.Shards.CommitAsync(mine, Cancellation));
        await dying;
        await azurite.StartAsync(Cancellation);

        if (isSaved)
        {
            model.Apply(mine);
        }

        await ShardAssert.HoldsAsync(model, storage.Rival, Cancellation);
        await model.CommitAsync(storage.Shards, model.Next(1, 2, 3), Cancellation);
        await ShardAssert.HoldsAsync(model, storage.Rival, Cancellation);
    }

    [Fact]
    public async Task Service_that_comes_back_with_an_older_head_is_believed()
    {
        await using var azurite = await AzuriteProcess.StartAsync(accounts: 1, isKept: true, Cancellation);
        await using var storage = await AzureStorageUnderTest.OpenAsync(azurite);
        var saved = new ShardModel(storage.Shards.Shards, new(3));
        await saved.CommitAsync(storage.Shards, saved.Next(1), Cancellation);
        await azurite.WaitUntilSavedAsync(ShardKeys.LogRow(1), Cancellation);
        azurite.KeepTables();
        Assert.Equal(CommitOutcome.Committed, await storage.Shards.CommitAsync(saved.Next(1, 2), Cancellation));

        await azurite.KillAsync();
        azurite.PutTablesBack();
        await azurite.StartAsync(Cancellation);

        // What the store remembers of the second commit must not decide.
        await saved.CommitAsync(storage.Shards, saved.Next(1, 3), Cancellation);
        await ShardAssert.HoldsAsync(saved, storage.Rival, Cancellation);
    }

    [Fact]
    public async Task Of_commits_on_many_shards_in_which_the_service_is_killed_each_is_whole_or_absent_and_what_was_kept_is_there()
    {
        await using var azurite = await AzuriteProcess.StartAsync(accounts: 1, isKept: true, Cancellation);
        await using var storage = await AzureStorageUnderTest.OpenAsync(azurite);
        ShardModel[] models =
        [
            .. Enumerable.Range(0, 16).Select(shard => new ShardModel(storage.Shards.Shards, new(shard))),
        ];
        foreach (var model in models)
        {
            await model.CommitAsync(storage.Shards, model.Next(1, 2), Cancellation);
            await model.CommitAsync(storage.Shards, model.Next(2, 3), Cancellation);
        }

        // A row with a key that no other has; what came before it is saved with it.
        await models[^1].CommitAsync(storage.Shards, models[^1].Next(1), Cancellation);
        await azurite.WaitUntilSavedAsync(ShardKeys.LogRow(models[^1].Head), Cancellation);
        var store = await storage.OpenStoreAsync(KillingOnce(azurite));
        ShardCommit[] commits = [.. models.Select(model => model.Next([.. Enumerable.Range(0, 40)]))];
        await Task.WhenAll(commits.Select(commit => FailAsync(store, commit)));

        await azurite.KillAsync();
        await azurite.StartAsync(Cancellation);
        foreach (var (model, mine) in models.Zip(commits))
        {
            var rows = await ShardAssert.ReadAsync(storage.Rival, model.Shard, mine.ExpectedHead, Cancellation);
            if (rows is [var row] && row.CommitId == mine.Row.CommitId)
            {
                model.Apply(mine);
            }

            await ShardAssert.HoldsAsync(model, store, Cancellation);
            await model.CommitAsync(store, model.Next(1, 2, 3), Cancellation);
            await ShardAssert.ReplaysAsync(model.Shard, storage.Rival, Cancellation);
        }
    }

    [Fact]
    public async Task Entries_in_whose_writing_the_service_is_killed_are_there_or_not_and_the_log_goes_on()
    {
        const string log = "silo-1";
        await using var azurite = await AzuriteProcess.StartAsync(accounts: 1, isKept: true, Cancellation);
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite, Cancellation);
        var store = await storage.OpenStoreAsync(KillingOnce(azurite, isTransaction: false));
        var lease = await storage.Logs.AcquireAsync(log, Cancellation);
        await storage.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 3), Cancellation);
        var segment = storage.Container.GetBlobClient((await storage.SegmentsAsync(log))[0]);
        var etag = (await segment.GetPropertiesAsync(cancellationToken: Cancellation)).Value.ETag;
        await azurite.WaitUntilBlobSavedAsync(etag.ToString().Trim('"'), Cancellation);

        await Assert.ThrowsAsync<CommitUnknownException>(async () =>
            await store.AppendAsync(lease, 3, AccessLogRecords.From(3, 4), Cancellation)
        );

        await azurite.KillAsync();
        await azurite.StartAsync(Cancellation);
        var size = (await store.ReadExtentAsync(log, Cancellation)).Size;
        Assert.Contains(size, new long[] { 3, 7 });
        await store.AppendAsync(lease, size, AccessLogRecords.From(size, 2), Cancellation);
        var reader = await storage.OpenStoreAsync();
        Assert.Equal(
            AccessLogRecords.From(0, (int)size + 2).Select(record => Convert.ToHexString(record.Entry.Span)),
            (await reader.ReadAsync(log, 0, 100, Cancellation)).Select(record => Convert.ToHexString(record.Entry.Span))
        );
    }

    private static async Task FailAsync(AzureExchangeStore store, ShardCommit commit)
    {
        var error = await Record.ExceptionAsync(() => store.CommitAsync(commit, Cancellation));
        Assert.True(error is null or CommitUnknownException or StorageUnavailableException, $"{error}");
    }

    // The request is on its way when the service dies.
    private static Fault KillingOnce(AzuriteProcess azurite, bool isTransaction = true)
    {
        var isKilled = 0;
        return new(
            async (message, send) =>
            {
                var isMeant = isTransaction ? Fault.IsTransaction(message) : Fault.IsAppend(message);
                var sending = send();
                if (isMeant && Interlocked.Exchange(ref isKilled, 1) == 0)
                {
                    azurite.Kill();
                }

                await sending;
            }
        );
    }
}
