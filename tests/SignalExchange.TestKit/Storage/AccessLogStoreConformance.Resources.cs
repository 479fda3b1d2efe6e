using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

public abstract partial class AccessLogStoreConformance
{
    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("tile/63/x001/x234/067")]
    [InlineData("tile/entries/x001/234.p/255")]
    [InlineData("detail/x001/234")]
    public async Task Resource_is_there_once_it_was_put_and_after_a_reopening(string path)
    {
        var lease = await AcquireAsync();
        Assert.Null(await Store.GetAsync(Log, path, Cancellation));

        await Store.PutAsync(lease, path, new byte[] { 1, 2, 3 }, Cancellation);
        await ReopenAsync();

        Assert.Equal([1, 2, 3], await GetAsync(path));
        Assert.Null(await Store.GetAsync("silo-2", path, Cancellation));
    }

    [Fact]
    public async Task Checkpoint_is_replaced_and_a_tile_is_not()
    {
        var lease = await AcquireAsync();
        foreach (var path in new[] { AccessLogPaths.Checkpoint, "tile/0/000" })
        {
            await Store.PutAsync(lease, path, new byte[] { 1 }, Cancellation);
            await Store.PutAsync(lease, path, new byte[] { 1 }, Cancellation);
        }

        await Store.PutAsync(lease, AccessLogPaths.Checkpoint, new byte[] { 2 }, Cancellation);
        var exception = await Assert.ThrowsAsync<AccessLogStoredWrongException>(async () =>
            await Store.PutAsync(lease, "tile/0/000", new byte[] { 2 }, Cancellation)
        );

        Assert.Contains("tile/0/000", exception.Message, StringComparison.Ordinal);
        Assert.Equal([2], await GetAsync(AccessLogPaths.Checkpoint));
        Assert.Equal([1], await GetAsync("tile/0/000"));
    }

    [Fact]
    public async Task Partial_tiles_go_when_the_full_one_is_there_and_not_before()
    {
        var lease = await AcquireAsync();
        string[] partials = ["tile/0/001.p/1", "tile/0/001.p/255"];
        foreach (var path in partials)
        {
            await Store.PutAsync(lease, path, new byte[] { 1 }, Cancellation);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await Store.DeletePartialsAsync(lease, "tile/0/001", Cancellation)
        );
        Assert.Equal([1], await GetAsync(partials[0]));

        await Store.PutAsync(lease, "tile/0/001", new byte[] { 2 }, Cancellation);
        await Store.DeletePartialsAsync(lease, "tile/0/001", Cancellation);
        await Store.DeletePartialsAsync(lease, "tile/0/001", Cancellation);

        foreach (var path in partials)
        {
            Assert.Null(await Store.GetAsync(Log, path, Cancellation));
        }

        Assert.Equal([2], await GetAsync("tile/0/001"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tail.db")]
    [InlineData("/etc/passwd")]
    [InlineData("../keys/signing.key")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/0/1")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("checkpoint\n")]
    public async Task Other_paths_are_refused(string path)
    {
        var lease = await AcquireAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.GetAsync(Log, path, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Store.PutAsync(lease, path, new byte[1], Cancellation)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("keys")]
    [InlineData("..")]
    [InlineData("Silo")]
    [InlineData("a/b")]
    [InlineData("a-name-of-thirty-three-characters")]
    public async Task Other_names_of_logs_are_refused(string log) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await AcquireAsync(log));

    private async Task<byte[]?> GetAsync(string path) => (await Store.GetAsync(Log, path, Cancellation))?.ToArray();
}
