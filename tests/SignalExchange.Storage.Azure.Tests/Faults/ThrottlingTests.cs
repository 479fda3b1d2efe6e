using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Faults;

public sealed class ThrottlingTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzureStorageUnderTest _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(429, "TooManyRequests")]
    public async Task Commit_is_unavailable_while_the_service_is_too_busy_and_works_when_it_is_not(
        int status,
        string code
    )
    {
        var (model, isBusy) = (Model(), true);
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                (message, send) =>
                {
                    message.Response = new CannedResponse(status, code);
                    return isBusy ? default : send();
                }
            )
        );

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.CommitAsync(model.Next(1), Cancellation)
        );
        Assert.Contains(code, exception.Message, StringComparison.Ordinal);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);

        isBusy = false;
        await model.CommitAsync(store, model.Next(1), Cancellation);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
        Assert.Single(_storage.Logged, line => line.Contains("Azure Storage fails", StringComparison.Ordinal));
        Assert.Single(_storage.Logged, line => line.Contains("works again after 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commit_waits_for_a_service_that_is_busy_for_a_moment()
    {
        var (model, tries) = (Model(), 0);
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                (message, send) =>
                {
                    message.Response = new CannedResponse(503, "ServerBusy");
                    return tries++ < 2 ? default : send();
                }
            )
        );

        await model.CommitAsync(store, model.Next(1), Cancellation);

        Assert.Equal(3, tries);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Fact]
    public async Task Commit_that_was_done_though_the_service_said_busy_is_recognised()
    {
        var (model, tries) = (Model(), 0);
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                async (message, send) =>
                {
                    await send();
                    if (tries++ == 0)
                    {
                        message.Response = new CannedResponse(503, "ServerBusy");
                    }
                }
            )
        );

        await model.CommitAsync(store, model.Next(1), Cancellation);

        Assert.Equal(2, tries);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    [Fact]
    public async Task Commit_that_the_service_failed_half_way_is_settled()
    {
        var (model, tries) = (Model(), 0);
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                async (message, send) =>
                {
                    await send();
                    if (tries++ == 0)
                    {
                        message.Response = new CannedResponse(500, "OperationTimedOut");
                    }
                }
            )
        );

        await model.CommitAsync(store, model.Next(1), Cancellation);

        Assert.Equal(1, tries);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    private ShardModel Model() => new(_storage.Shards.Shards, new(3));
}
