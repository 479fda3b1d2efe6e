using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.AccessLog;

public sealed class PostgresAccessLogStoreTests(CleanDatabases databases) : AccessLogStoreConformance
{
    protected override async Task<IAccessLogStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await PostgresAccessLogUnderTest.OpenAsync(databases, cancellationToken);
}
