using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests;

public sealed class SqliteGrainStateStoreTests : GrainStateStoreConformance
{
    protected override int MaxPayloadBytes => 4 * 1024 * 1024;

    protected override Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        SqliteStorageUnderTest.CreateAsync(cancellationToken);
}
