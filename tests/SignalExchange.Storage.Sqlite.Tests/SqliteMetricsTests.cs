using SignalExchange.TestKit.Storage;
using SignalExchange.TestKit.Telemetry;

namespace SignalExchange.Storage.Sqlite.Tests;

/// <summary>What a dashboard is told of the embedded storage.</summary>
public sealed class SqliteMetricsTests : IDisposable
{
    private const string Prefix = "signalexchange.storage.";
    private const long MaxBytes = 1024 * 1024;

    private readonly TestFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_told_how_large_the_database_is_and_by_how_much_it_may_grow()
    {
        await using var store = await _folder.OpenStoreAsync(options => options.MaxDatabaseBytes = MaxBytes);
        using var meter = new MeterReader(store);
        var before = meter.Read();
        var model = new ShardModel(store.Shards, new(3));

        await model.CommitAsync(store, model.Next(1), Ct);

        var told = meter.Read();
        Assert.Equal(store.FileBytes, told[Prefix + "size"]);
        Assert.Equal(MaxBytes - store.FileBytes, told[Prefix + "available"]);
        Assert.Equal(before[Prefix + "transactions"] + 1, told[Prefix + "transactions"]);
        Assert.Equal(1, told[Prefix + "writable"]);
        Assert.Equal(0, told[Prefix + "waiting_writes"]);
        Assert.Equal(new(true, 0, store.FileBytes, MaxBytes - store.FileBytes), store.Standing);
    }

    [Fact]
    public async Task It_is_told_that_writing_fails_and_that_it_works_again()
    {
        await using var store = await _folder.OpenStoreAsync(options => options.MaxDatabaseBytes = MaxBytes);
        using var meter = new MeterReader(store);

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.WriteAsync("huge", "grain", new byte[2 * MaxBytes], null, Ct)
        );
        Assert.Equal(0, meter.Read()[Prefix + "writable"]);
        Assert.False(store.Standing.IsWritable);

        await store.WriteAsync("small", "grain", new byte[100], null, Ct);
        Assert.Equal(1, meter.Read()[Prefix + "writable"]);
        Assert.True(store.Standing.IsWritable);
    }

    [Fact]
    public async Task A_closed_storage_says_nothing()
    {
        var store = _folder.NewStore();
        using var meter = new MeterReader(store);
        Assert.Empty(meter.Read());
        Assert.Equal(StorageStanding.Closed, store.Standing);

        await store.OpenAsync(Ct);
        Assert.NotEmpty(meter.Read());

        await store.DisposeAsync();
        Assert.Empty(meter.Read());
    }
}
