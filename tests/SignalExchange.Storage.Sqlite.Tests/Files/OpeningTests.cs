using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Files;

public sealed class OpeningTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_works_before_the_storage_is_open()
    {
        await using var store = _folder.NewStore();
        var model = new ShardModel(store.Shards, new(0));

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.CommitAsync(model.Next(1), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await store.ReadHeadAsync(new(0), Cancellation)
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ClearAsync("a", "b", null, Cancellation));
        Assert.False(Directory.Exists(_folder.Path));
    }

    [Fact]
    public async Task Nothing_works_after_the_storage_was_closed()
    {
        var store = await _folder.OpenStoreAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.ReadHeadAsync(new(0), Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.OpenAsync(Cancellation));
    }

    [Fact]
    public async Task Opening_twice_is_opening_once()
    {
        await using var store = _folder.NewStore();

        await Task.WhenAll(store.OpenAsync(Cancellation), store.OpenAsync(Cancellation));

        Assert.Equal(0, await store.ReadHeadAsync(new(0), Cancellation));
    }

    [Fact]
    public async Task Second_opening_of_a_folder_is_refused_until_the_first_is_closed()
    {
        var first = await _folder.OpenStoreAsync();
        await using var second = _folder.NewStore();

        var exception = await Assert.ThrowsAsync<StorageInUseException>(() => second.OpenAsync(Cancellation));

        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await second.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task Number_of_shards_is_fixed_for_life()
    {
        await (await _folder.OpenStoreAsync(options => options.ShardCount = 16)).DisposeAsync();

        var exception = await Assert.ThrowsAsync<StorageFormatException>(() => _folder.OpenStoreAsync());

        Assert.Contains("set ShardCount to 16", exception.Message, StringComparison.Ordinal);
        await using var store = await _folder.OpenStoreAsync(options => options.ShardCount = 16);
        Assert.Equal(0, await store.ReadHeadAsync(new(15), Cancellation));
    }

    [Fact]
    public async Task Folder_that_cannot_be_made_is_unavailable()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.In("file"), "", Cancellation);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            _folder.OpenStoreAsync(options => options.DataDirectory = _folder.In("file"))
        );

        Assert.Contains(_folder.In("file"), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rest_of_an_interrupted_creation_is_cleared_away()
    {
        Directory.CreateDirectory(_folder.Path);
        foreach (var rest in new[] { "exchange.db.new", "exchange.db.new-journal" })
        {
            await File.WriteAllTextAsync(_folder.In(rest), "half", Cancellation);
        }

        await using var store = await _folder.OpenStoreAsync();

        Assert.Empty(Directory.GetFiles(_folder.Path, "*.new*"));
    }
}
