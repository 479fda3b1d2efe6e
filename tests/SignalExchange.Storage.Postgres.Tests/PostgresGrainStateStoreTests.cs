using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests;

public sealed class PostgresGrainStateStoreTests(CleanDatabases databases) : GrainStateStoreConformance
{
    protected override int MaxPayloadBytes => 4 * 1024 * 1024;

    protected override Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        PostgresStorageUnderTest.CreateAsync(databases, cancellationToken);
}
