using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests;

public sealed class PostgresShardStoreTests(CleanDatabases databases) : ShardStoreConformance
{
    protected override ShardStoreLimits Limits { get; } =
        new(Changes: 1000, StateBytes: 4 * 1024 * 1024, CommitBytes: 16 * 1024 * 1024);

    protected override Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        PostgresStorageUnderTest.CreateAsync(databases, cancellationToken);
}
