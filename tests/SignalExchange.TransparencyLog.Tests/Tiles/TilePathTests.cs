using CsCheck;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", TileKind.Hashes, 0, 0, 256)]
    [InlineData("tile/0/x001/x234/067", TileKind.Hashes, 0, 1_234_067, 256)]
    [InlineData("tile/63/x123/x456/078.p/2", TileKind.Hashes, 63, 123_456_078, 2)]
    [InlineData("tile/entries/x003/x057/500", TileKind.Entries, 0, 3_057_500, 256)]
    [InlineData("tile/entries/001.p/255", TileKind.Entries, 0, 1, 255)]
    [InlineData("detail/x001/000.p/1", TileKind.Details, 0, 1000, 1)]
    public void A_path_is_written_and_read(string text, TileKind kind, int level, long index, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path));
        Assert.Equal((kind, level, index, width), (path.Kind, path.Level, path.Index, path.Width));
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/1")]
    [InlineData("tile/00/001")]
    [InlineData("tile/64/001")]
    [InlineData("tile/-1/001")]
    [InlineData("tile/0/-01")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x01/001")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/01")]
    [InlineData("tile/0/001.p/1.p/1")]
    [InlineData("tile/0/001/")]
    [InlineData("tile/entries/1")]
    [InlineData("tile/data/001")]
    [InlineData("detail/../001")]
    [InlineData("/tile/0/001")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void What_is_spelled_otherwise_is_no_path(string text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void Every_path_comes_back() =>
        Gen.Select(Gen.Int[0, 63], Gen.Long[0, long.MaxValue], Gen.Int[1, 256])
            .Sample(
                (level, index, width) =>
                {
                    TilePath[] paths =
                    [
                        TilePath.Hashes(level, index, width),
                        TilePath.Entries(index, width),
                        TilePath.Details(index, width),
                    ];
                    Assert.All(
                        paths,
                        path => Assert.True(TilePath.TryParse(path.ToString(), out var read) && read == path)
                    );
                }
            );
}
