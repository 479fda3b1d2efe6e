using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests;

public sealed class AzureGrainStateStoreTests(AzuriteFixture azurite) : GrainStateStoreConformance
{
    // The service takes 960 KiB (StateLayoutTests). Azurite counts an entity's JSON, where bytes are base64, against the 1 MiB.
    protected override int MaxPayloadBytes => 760 * 1024;

    protected override async Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await AzureStorageUnderTest.OpenAsync(azurite.Azurite);
}
