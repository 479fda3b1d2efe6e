using Azure;
using Azure.Data.Tables;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Storage.Azure.Tests.Tables;

public sealed class FormatTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzureStorageUnderTest _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData(2, "format 2, this version knows 1")]
    [InlineData(0, "format 0, this version knows 1")]
    [InlineData(null, "format none")]
    public async Task Tables_of_another_format_are_refused(int? format, string why)
    {
        var table = new TableClient(azurite.Azurite.ConnectionString(), _storage.Prefix + "Shards");
        var row = (await table.GetEntityAsync<TableEntity>("format", "format", cancellationToken: Cancellation)).Value;
        row["Format"] = format;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);

        await AssertRefusedAsync(why);
    }

    [Fact]
    public Task Another_number_of_shards_is_refused() =>
        AssertRefusedAsync("made with 256 shards, the settings say 512", options => options.ShardCount = 512);

    [Fact]
    public Task Other_ranges_of_shards_are_refused() =>
        AssertRefusedAsync(
            "holds shards 0 to 255, the settings say 0 to 127",
            options =>
                options.Accounts.Add(
                    new() { FirstShard = 128, ConnectionString = azurite.Azurite.ConnectionString(account: 2) }
                )
        );

    [Fact]
    public async Task Silos_that_make_the_tables_at_once_agree()
    {
        await using var storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);
        var prefix = AzuriteFixture.NewName();

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => storage.NewStore(options => options.Prefix = prefix).OpenAsync(Cancellation))
        );

        // The one of OpenAsync, and one of these six.
        Assert.Equal(2, storage.Logged.Count(line => line.Contains("Made new tables", StringComparison.Ordinal)));
    }

    private async Task AssertRefusedAsync(string why, Action<AzureStorageOptions>? configure = null)
    {
        var exception = await Assert.ThrowsAsync<StorageFormatException>(() =>
            _storage.NewStore(configure).OpenAsync(Cancellation)
        );
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }
}
