using SignalExchange.Storage.Postgres.Schema;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Schema;

/// <summary>What a database must be to be opened, and what becomes of it.</summary>
public sealed class OpeningTests(CleanDatabases databases) : IAsyncLifetime
{
    private Database? _database;
    private string _connection = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Database Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _connection = await databases.CreateAsync(Ct);
        _database = new(_connection);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task Silos_that_start_together_make_the_tables_once()
    {
        PostgresExchangeStore[] stores =
        [
            .. Enumerable.Range(0, 6).Select(_ => PostgresStorageUnderTest.NewStore(_connection)),
        ];

        await Task.WhenAll(stores.Select(store => store.OpenAsync(Ct)));

        Assert.Equal(SchemaVersion.Known, await Database.ReadAsync<long>("SELECT count(*) FROM schema_version"));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public void Versions_are_numbered_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, SchemaVersion.Known), SchemaVersion.All.Select(version => version.Number));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(8, 8)]
    [InlineData(16, 16)]
    [InlineData(4096, 16)]
    public async Task Every_shard_has_its_partitions(int shards, long partitions)
    {
        await using var store = await OpenAsync(options => options.ShardCount = shards);
        foreach (var number in new[] { 0, 1, shards / 2, shards - 1 }.Distinct())
        {
            var model = new ShardModel(store.Shards, new(number));
            await model.CommitAsync(store, model.Next(1, 2), Ct);
            await ShardAssert.HoldsAsync(model, store, Ct);
        }

        foreach (var table in new[] { "shard_log", "indicator" })
        {
            Assert.Equal(
                partitions,
                await Database.ReadAsync<long>(
                    $"SELECT count(*) FROM pg_inherits WHERE inhparent = '{table}'::regclass"
                )
            );
        }
    }

    [Fact]
    public async Task Database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await (await OpenAsync()).DisposeAsync();
        await Database.RunAsync(
            $"INSERT INTO schema_version (version, name) VALUES ({SchemaVersion.Known + 1}, 'newer')"
        );

        var refused = await Assert.ThrowsAsync<StorageFormatException>(() => OpenAsync());

        Assert.Contains($"have version {SchemaVersion.Known + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(SchemaVersion.Known + 1, await Database.ReadAsync<int>("SELECT max(version) FROM schema_version"));
    }

    [Fact]
    public async Task Another_number_of_shards_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();

        var refused = await Assert.ThrowsAsync<StorageFormatException>(() =>
            OpenAsync(options => options.ShardCount = 16)
        );

        Assert.Contains("set ShardCount to 256", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_of_somebody_else_is_refused_and_left_as_it_is()
    {
        await Database.RunAsync("CREATE SCHEMA signalexchange; CREATE TABLE signalexchange.theirs ()");

        var refused = await Assert.ThrowsAsync<StorageFormatException>(() => OpenAsync());

        Assert.Contains("Use another database", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            1L,
            await Database.ReadAsync<long>(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'signalexchange'::regnamespace"
            )
        );
    }

    [Fact]
    public async Task Role_that_may_only_read_and_write_opens_what_another_has_made()
    {
        await (await OpenAsync()).DisposeAsync();
        await Database.RunAsync(
            """
            CREATE ROLE worker LOGIN;
            GRANT USAGE ON SCHEMA signalexchange TO worker;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA signalexchange TO worker;
            """
        );
        await using var store = PostgresStorageUnderTest.NewStore(
            _connection.Replace("Username=exchange", "Username=worker", StringComparison.Ordinal)
        );
        await store.OpenAsync(Ct);
        var model = new ShardModel(store.Shards, new(3));

        await model.CommitAsync(store, model.Next(1), Ct);

        await ShardAssert.HoldsAsync(model, store, Ct);
    }

    [Fact]
    public async Task Server_that_has_synchronous_commit_off_for_others_has_it_on_for_the_exchange()
    {
        await Database.RunAsync("ALTER ROLE exchange IN DATABASE " + DatabaseName + " SET synchronous_commit = off");
        Assert.Equal("off", await Database.ReadAsync<string>("SHOW synchronous_commit"));

        // The check of the server fails where a session has it off.
        await using var store = await OpenAsync();
        var model = new ShardModel(store.Shards, new(3));
        await model.CommitAsync(store, model.Next(1), Ct);
    }

    [Fact]
    public async Task Database_of_another_encoding_or_of_no_server_is_refused()
    {
        await Database.RunAsync($"CREATE DATABASE {DatabaseName}_latin ENCODING LATIN1 TEMPLATE template0");
        var latin = PostgresStorageUnderTest.NewStore(
            _connection.Replace(DatabaseName, DatabaseName + "_latin", StringComparison.Ordinal)
        );
        var none = PostgresStorageUnderTest.NewStore(
            _connection.Replace(DatabaseName, DatabaseName + "_none", StringComparison.Ordinal)
        );

        Assert.Contains(
            "UTF8",
            (await Assert.ThrowsAsync<StorageUnavailableException>(() => latin.OpenAsync(Ct))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CREATE DATABASE",
            (await Assert.ThrowsAsync<StorageUnavailableException>(() => none.OpenAsync(Ct))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Store_says_what_is_missing_before_it_is_open_and_after_it_was_closed()
    {
        var store = PostgresStorageUnderTest.NewStore(_connection);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.ReadHeadAsync(new(1), Ct));
        await store.OpenAsync(Ct);
        await store.OpenAsync(Ct);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.ReadHeadAsync(new(1), Ct));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.OpenAsync(Ct));
    }

    private string DatabaseName => new Npgsql.NpgsqlConnectionStringBuilder(_connection).Database!;

    private async Task<PostgresExchangeStore> OpenAsync(Action<PostgresStorageOptions>? configure = null)
    {
        var store = PostgresStorageUnderTest.NewStore(_connection, configure);
        await store.OpenAsync(Ct);
        return store;
    }
}
