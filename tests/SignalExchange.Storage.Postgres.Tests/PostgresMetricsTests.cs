using SignalExchange.TestKit.Storage;
using SignalExchange.TestKit.Telemetry;

namespace SignalExchange.Storage.Postgres.Tests;

/// <summary>What a dashboard is told of the database, and of what waits for it.</summary>
public sealed class PostgresMetricsTests(CleanDatabases databases) : IAsyncLifetime
{
    private const string Prefix = "signalexchange.storage.";

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
    public async Task It_is_told_how_large_the_database_is_and_how_many_transactions_there_were()
    {
        await using var store = await OpenAsync();
        using var meter = new MeterReader(store);
        var model = new ShardModel(store.Shards, new(3));

        await model.CommitAsync(store, model.Next(1), Ct);

        await Deadline.UntilAsync(() => Task.FromResult(meter.Read().ContainsKey(Prefix + "size")), "a size is told");
        var told = meter.Read();
        Assert.InRange(told[Prefix + "size"], 1_000_000, 100_000_000); // An empty database of PostgreSQL has some 8 MB.
        Assert.Equal(1, told[Prefix + "transactions"]);
        Assert.Equal(1, told[Prefix + "writable"]);
        Assert.Equal(0, told[Prefix + "waiting_writes"]);
    }

    [Fact]
    public async Task It_is_told_what_waits()
    {
        await using var store = await OpenAsync(options => options.Writers = 1);
        using var meter = new MeterReader(store);
        ShardModel[] models = [new(store.Shards, new(3)), new(store.Shards, new(4))];

        Task[] commits;
        await using (await Database.HoldHeadAsync(models[0].Shard))
        {
            var first = models[0].CommitAsync(store, models[0].Next(1), Ct);
            await Database.UntilWaitingAsync(1);
            commits = [first, models[1].CommitAsync(store, models[1].Next(1), Ct)];
            Assert.Equal(1, meter.Read()[Prefix + "waiting_writes"]);
        }

        await Task.WhenAll(commits);
        Assert.Equal(0, meter.Read()[Prefix + "waiting_writes"]);
        Assert.Equal(2, meter.Read()[Prefix + "transactions"]);
    }

    [Fact]
    public async Task It_is_told_that_writing_fails_and_that_it_works_again()
    {
        await using var store = await OpenAsync(options => options.StatementTimeout = TimeSpan.FromSeconds(4));
        using var meter = new MeterReader(store);
        var model = new ShardModel(store.Shards, new(3));

        await using (await Database.HoldHeadAsync(model.Shard))
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CommitAsync(model.Next(1), Ct));
            Assert.Equal(0, meter.Read()[Prefix + "writable"]);
            Assert.False(store.Standing.IsWritable);
        }

        await model.CommitAsync(store, model.Next(1), Ct);
        Assert.Equal(1, meter.Read()[Prefix + "writable"]);
        Assert.True(store.Standing.IsWritable);
    }

    [Fact]
    public async Task A_closed_storage_says_nothing()
    {
        var store = PostgresStorageUnderTest.NewStore(_connection);
        using var meter = new MeterReader(store);
        Assert.Empty(meter.Read());

        await store.OpenAsync(Ct);
        Assert.NotEmpty(meter.Read());

        await store.DisposeAsync();
        Assert.Empty(meter.Read());
    }

    private async Task<PostgresExchangeStore> OpenAsync(Action<PostgresStorageOptions>? configure = null)
    {
        var store = PostgresStorageUnderTest.NewStore(_connection, configure);
        await store.OpenAsync(Ct);
        return store;
    }
}
