using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>The database repeats rows in its errors; nothing of them leaves the store.</summary>
public sealed class SecrecyTests(CleanDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exception_holds_no_token_no_state_and_no_key()
    {
        var connection = await databases.CreateAsync(Ct);
        await using var database = new Database(connection);
        await using var store = PostgresStorageUnderTest.NewStore(connection);
        await store.OpenAsync(Ct);
        var model = new ShardModel(store.Shards, new(3));
        await database.RunAsync("ALTER TABLE indicator ADD CHECK (version < 0)");
        await database.RunAsync("ALTER TABLE grain_state ADD CHECK (etag = '')");

        var commit = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CommitAsync(model.Next(1), Ct));
        var state = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.WriteAsync("member", "secret-grain", "secret"u8.ToArray(), null, Ct)
        );

        foreach (var text in new[] { commit.ToString(), state.ToString() })
        {
            Assert.Contains("23514", text, StringComparison.Ordinal); // check_violation: its detail is "Failing row contains (...)".
            Assert.DoesNotContain(
                Convert.ToHexString(model.Token(1).ToArray())[..12],
                text,
                StringComparison.OrdinalIgnoreCase
            );
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Failing row", text, StringComparison.Ordinal);
        }
    }
}
