using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests;

public sealed class AzureShardStoreTests(AzuriteFixture azurite) : ShardStoreConformance
{
    protected override async Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await AzureStorageUnderTest.OpenAsync(azurite.Azurite);
}
