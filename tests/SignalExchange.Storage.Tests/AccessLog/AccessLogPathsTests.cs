using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Tests.AccessLog;

public sealed class AccessLogPathsTests
{
    [Theory]
    [InlineData("checkpoint", 0)]
    [InlineData("log.vkey", 0)]
    [InlineData("tile/0/000", 256)]
    [InlineData("tile/0/000.p/1", 1)]
    [InlineData("tile/0/x001/x234/067.p/5", (1_234_067L * 256) + 5)]
    [InlineData("tile/1/000.p/3", 3 * 256)]
    [InlineData("tile/1/002", 3 * 65_536)]
    [InlineData("tile/2/000", 16_777_216)]
    [InlineData("tile/entries/001", 512)]
    [InlineData("tile/entries/x002/003.p/9", (2_003 * 256) + 9)]
    [InlineData("detail/001.p/200", 456)]
    [InlineData("detail/x001/000", 1_001 * 256)]
    [InlineData("tile/63/000", long.MaxValue)]
    public void A_resource_needs_the_entries_below_it(string path, long entries) =>
        Assert.Equal(entries, AccessLogPaths.EntriesNeeded(path));

    [Theory]
    [InlineData(0)]
    [InlineData(256, "tile/1/000.p")]
    [InlineData(300, "tile/0/001.p", "tile/entries/001.p", "detail/001.p", "tile/1/000.p")]
    [InlineData(65_536, "tile/2/000.p")]
    [InlineData(
        256_000_044,
        "tile/0/x001/x000/000.p",
        "tile/entries/x001/x000/000.p",
        "detail/x001/x000/000.p",
        "tile/1/x003/906.p",
        "tile/2/015.p",
        "tile/3/000.p"
    )]
    public void Partial_tiles_of_a_size_are_the_last_of_each_level(long size, params string[] folders)
    {
        Assert.Equal(folders, AccessLogPaths.PartialFolders(size));
        Assert.All(folders, folder => AccessLogPaths.CheckResource(folder + "/1"));
    }
}
