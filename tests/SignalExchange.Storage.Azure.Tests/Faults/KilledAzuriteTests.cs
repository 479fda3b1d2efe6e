using SignalExchange.Storage.Azure.Shards;
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
        Assert.Equal(CommitOutcome.Committed, await storage.Shards.CommitAsync(saved.Next(1, 2), Cancellation));

        await azurite.KillAsync();
        await azurite.StartAsync(Cancellation);

        // Whether the second commit was saved is Azurite's luck; what the store remembers of it must not decide.
        if (await storage.Rival.ReadHeadAsync(saved.Shard, Cancellation) == saved.Head)
        {
            await saved.CommitAsync(storage.Shards, saved.Next(1, 3), Cancellation);
            await ShardAssert.HoldsAsync(saved, storage.Rival, Cancellation);
        }
    }

    // The request is on its way when the service dies.
    private static Fault KillingOnce(AzuriteProcess azurite)
    {
        var isKilled = false;
        return Fault.OfTransactions(
            async (_, send) =>
            {
                var sending = send();
                if (!isKilled)
                {
                    isKilled = true;
                    azurite.Kill();
                }

                await sending;
            }
        );
    }
}
