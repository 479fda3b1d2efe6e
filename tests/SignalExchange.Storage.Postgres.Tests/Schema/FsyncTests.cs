using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Storage.Postgres.Tests.Schema;

/// <summary>A server that does not wait for its disk.</summary>
public sealed class FsyncTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_with_fsync_off_is_refused()
    {
        var connection = await postgres.CreateDatabaseAsync(Ct);
        await using var database = new Database(connection);
        await database.RunAsync("ALTER SYSTEM SET fsync = off");
        await database.RunAsync("SELECT pg_reload_conf()");
        await Deadline.UntilAsync(
            async () => await database.ReadAsync<string>("SHOW fsync") == "off",
            "the server has read its settings"
        );
        await using var store = PostgresStorageUnderTest.NewStore(connection);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.OpenAsync(Ct));

        Assert.Contains("fsync off", refused.Message, StringComparison.Ordinal);
    }
}
