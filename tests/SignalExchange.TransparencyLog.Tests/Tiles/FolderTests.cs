using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

public sealed class FolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tlog-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_stored_is_read()
    {
        var store = new FolderTileStore(Path.Join(_folder, "log"));
        var source = new FolderTileSource(Path.Join(_folder, "log"));
        store.Write([new TileChange(TilePath.Entries(1_234_067, 3), new byte[] { 1, 2 })]);
        store.WriteCheckpoint("first"u8);
        store.WriteCheckpoint("second"u8);

        Assert.Equal([1, 2], (await source.ReadAsync(TilePath.Entries(1_234_067, 3), Cancelled))!.Value.ToArray());
        Assert.Equal("second"u8.ToArray(), (await source.ReadCheckpointAsync(Cancelled))!.Value.ToArray());
        Assert.Null(await source.ReadAsync(TilePath.Entries(5), Cancelled));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Partial_files_go_once_the_full_one_is_there_and_no_sooner()
    {
        var store = new FolderTileStore(_folder);
        var source = new FolderTileSource(_folder);
        TileChange[] partial = [new(TilePath.Hashes(0, 0, 1), new byte[32])];
        store.Write(partial);
        store.DropPartial(partial);
        Assert.NotNull(await source.ReadAsync(TilePath.Hashes(0, 0, 1), Cancelled));

        TileChange[] full = [new(TilePath.Hashes(0, 0), new byte[8192])];
        store.Write(full);
        store.DropPartial(full);
        Assert.Null(await source.ReadAsync(TilePath.Hashes(0, 0, 1), Cancelled));
    }

    [Fact]
    public async Task A_file_that_is_longer_than_it_can_be_is_not_read()
    {
        var store = new FolderTileStore(_folder);
        store.Write([new TileChange(TilePath.Hashes(0, 0), new byte[8193])]);

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await new FolderTileSource(_folder).ReadAsync(TilePath.Hashes(0, 0), Cancelled)
        );
    }
}
