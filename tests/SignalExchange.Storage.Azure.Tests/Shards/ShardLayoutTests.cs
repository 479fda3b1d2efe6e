using Azure.Data.Tables;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Shards;

/// <summary>The rows themselves: whoever changes these names cannot read what was written.</summary>
public sealed class ShardLayoutTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzureStorageUnderTest _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Shard_is_a_partition_of_its_head_its_indicators_and_its_log()
    {
        var model = new ShardModel(_storage.Shards.Shards, new(3));
        var commit = model.Next(1);
        await model.CommitAsync(
            _storage.Shards,
            commit with
            {
                Row = commit.Row with { CommitId = new UInt128(0x0102030405060708, 0x090A0B0C0D0E0F10) },
            },
            Cancellation
        );

        var rows = await RowsAsync();

        Assert.Equal(["head", $"i_{model.Token(1).ToKeyString()}", "l_0000000000000000001"], rows.Keys);
        Assert.Equal(1L, rows["head"]["Sequence"]);
        var indicator = rows.Values.ElementAt(1);
        Assert.Equal(1L, indicator["Version"]);
        Assert.Equal(model.Indicators[model.Token(1)].State.ToArray(), indicator.GetBinary("Data"));
        var log = rows.Values.ElementAt(2);
        Assert.Equal(1L, log["First"]);
        Assert.Equal("0102030405060708090A0B0C0D0E0F10", Convert.ToHexString(log.GetBinary("CommitId")));
        Assert.Equal(LogRowCodec.Encode(commit.Row.Changes), log.GetBinary("Data"));
    }

    private async Task<SortedDictionary<string, TableEntity>> RowsAsync()
    {
        var table = new TableClient(azurite.Azurite.ConnectionString(), _storage.Prefix + "Shards");
        var rows = new SortedDictionary<string, TableEntity>(StringComparer.Ordinal);
        await foreach (
            var row in table.QueryAsync<TableEntity>("PartitionKey eq '0003'", cancellationToken: Cancellation)
        )
        {
            rows.Add(row.RowKey, row);
        }

        return rows;
    }
}
