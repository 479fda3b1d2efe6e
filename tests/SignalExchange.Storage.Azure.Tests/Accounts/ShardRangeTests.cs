using Azure.Data.Tables;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Accounts;

public sealed class ShardRangeTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_account_holds_the_shards_of_its_range()
    {
        await using var storage = await AzureStorageUnderTest.OpenAsync(
            azurite.Azurite,
            options =>
                options.Accounts.Add(
                    new() { FirstShard = 100, ConnectionString = azurite.Azurite.ConnectionString(account: 2) }
                )
        );
        ShardModel[] models =
        [
            .. ((int[])[0, 99, 100, 255]).Select(n => new ShardModel(storage.Shards.Shards, new(n))),
        ];
        foreach (var model in models)
        {
            await model.CommitAsync(storage.Shards, model.Next(1, 2), Cancellation);
            await model.CommitAsync(storage.Shards, model.Next(1), Cancellation);
        }

        await storage.ReopenAsync(Cancellation);
        foreach (var model in models)
        {
            await ShardAssert.HoldsAsync(model, storage.Shards, Cancellation);
        }

        Assert.Equal(["0000", "0099", "format"], await PartitionsAsync(storage, account: 1));
        Assert.Equal(["0100", "0255", "format"], await PartitionsAsync(storage, account: 2));
    }

    private async Task<string[]> PartitionsAsync(AzureStorageUnderTest storage, int account)
    {
        var table = new TableClient(azurite.Azurite.ConnectionString(account), storage.Prefix + "Shards");
        var partitions = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            partitions.Add(row.PartitionKey);
        }

        return [.. partitions];
    }
}
