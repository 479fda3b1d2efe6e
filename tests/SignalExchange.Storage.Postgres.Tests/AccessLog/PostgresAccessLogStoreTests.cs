using SignalExchange.Storage.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.AccessLog;

public sealed class PostgresAccessLogStoreTests(CleanDatabases databases) : AccessLogStoreConformance
{
    private const string Log = "silo-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected override async Task<IAccessLogStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await PostgresAccessLogUnderTest.OpenAsync(databases, cancellationToken);

    [Fact]
    public async Task Silo_that_takes_the_log_ends_the_writing_of_the_one_that_had_it()
    {
        await using var storage = await PostgresAccessLogUnderTest.OpenAsync(databases, Ct);
        await using var rival = storage.NewStore();
        await rival.OpenAsync(Ct);
        var older = await storage.Logs.AcquireAsync(Log, Ct);
        await storage.Logs.AppendAsync(older, 0, AccessLogRecords.From(0, 3), Ct);

        var newer = await rival.AcquireAsync(Log, Ct);

        await Assert.ThrowsAsync<AccessLogFencedException>(async () =>
            await storage.Logs.AppendAsync(older, 3, AccessLogRecords.From(3, 1), Ct)
        );
        await Assert.ThrowsAsync<AccessLogFencedException>(async () =>
            await storage.Logs.PutAsync(older, AccessLogPaths.Checkpoint, new byte[1], Ct)
        );
        await rival.AppendAsync(newer, 3, AccessLogRecords.From(3, 1), Ct);
        Assert.Equal(new(0, 4, 0), await storage.Logs.ReadExtentAsync(Log, Ct));
    }

    [Theory]
    [InlineData(
        "UPDATE access_log_tail SET records = set_byte(records, 5, 255) WHERE count = 44",
        "damaged between entries 256 and 299"
    )]
    [InlineData("DELETE FROM access_log_tail WHERE count = 44", "lost entry 256")]
    [InlineData("DELETE FROM access_log_tail", "lost entry 10")]
    public async Task Tail_that_is_not_as_it_was_written_says_where(string damage, string where)
    {
        await using var storage = await PostgresAccessLogUnderTest.OpenAsync(databases, Ct);
        await using var database = new Database(storage.Database);
        var lease = await storage.Logs.AcquireAsync(Log, Ct);
        await storage.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 300), Ct);
        await database.RunAsync(damage);

        var wrong = await Assert.ThrowsAsync<AccessLogStoredWrongException>(async () =>
        {
            for (long next = 10; next < 300; )
            {
                next += (await storage.Logs.ReadAsync(Log, next, 290, Ct)).Count;
            }
        });

        Assert.Contains(where, wrong.Message, StringComparison.Ordinal);
    }
}
