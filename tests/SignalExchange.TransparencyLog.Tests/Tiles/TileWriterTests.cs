using CsCheck;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tests.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

public sealed class TileWriterTests
{
    private static readonly MemoryTree Tree = MemoryTree.Of(70_000);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_specification_s_tree_of_70000_has_the_tiles_that_it_lists()
    {
        var paths = Paths(Append(new TileWriter(), 0, 70_000).TakeChanges());

        Assert.Equal(
            273,
            paths.Count(path => path.StartsWith("tile/0/", StringComparison.Ordinal) && !path.Contains('p'))
        );
        Assert.Contains("tile/0/273.p/112", paths);
        Assert.Contains("tile/1/000", paths);
        Assert.Contains("tile/1/001.p/17", paths);
        Assert.Contains("tile/2/000.p/1", paths);
        Assert.Equal(277, paths.Count);
    }

    [Fact]
    public void A_tree_of_256_is_a_full_tile_and_one_of_a_single_hash_above()
    {
        var changes = Append(new TileWriter(), 0, 256).TakeChanges();

        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], Paths(changes));
        Assert.Equal(Tree.Root(256).ToArray(), changes[1].Bytes.ToArray());
    }

    [Fact]
    public void Only_what_changed_is_given_out()
    {
        var writer = Append(new TileWriter(), 0, 300);
        writer.TakeChanges();

        Assert.Empty(writer.TakeChanges());
        Append(writer, 300, 301);
        Assert.Equal(["tile/0/001.p/45"], Paths(writer.TakeChanges()));
    }

    [Fact]
    public Task Tiles_written_in_any_steps_give_every_root_and_proof() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[0, 700], Gen.Int[0, 700])
            .SampleAsync(
                async (first, second, third) =>
                {
                    var tiles = new MemoryTiles();
                    var size = 0;
                    foreach (var step in new[] { first, second, third })
                    {
                        var writer = await TileWriter.RestoreAsync(tiles, size, Cancelled);
                        tiles.Write(Append(writer, size, size + step).TakeChanges());
                        size += step;
                    }

                    await CheckTree(tiles, size, index: second % size, oldSize: first);
                },
                iter: 40
            );

    [Fact]
    public async Task Proofs_of_a_tree_with_three_levels_of_tiles_hold()
    {
        var tiles = new MemoryTiles();
        tiles.Write(Append(new TileWriter(), 0, 70_000).TakeChanges());

        await CheckTree(tiles, 70_000, index: 65_535, oldSize: 65_536);
        await CheckTree(tiles, 70_000, index: 69_999, oldSize: 1);
        await CheckTree(tiles, 70_000, index: 0, oldSize: 69_999);
    }

    [Fact]
    public async Task A_partial_tile_that_went_is_read_from_the_full_one()
    {
        var tiles = new MemoryTiles();
        tiles.Write(Append(new TileWriter(), 0, 256).TakeChanges());

        var frontier = await new TileTreeReader(tiles, 100).ReadFrontierAsync(Cancelled);

        Assert.Equal(Tree.Root(100), frontier.Root);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(96)]
    public async Task A_tile_of_another_length_is_refused(int length)
    {
        var tiles = new MemoryTiles();
        tiles.Files["tile/0/000.p/2"] = new byte[length];

        await Assert.ThrowsAsync<InvalidDataException>(() => TileWriter.RestoreAsync(tiles, 2, Cancelled));
    }

    private static async Task CheckTree(MemoryTiles tiles, int size, int index, int oldSize)
    {
        var reader = new TileTreeReader(tiles, size);
        var root = Tree.Root(size);
        var inclusion = await InclusionProof.MakeAsync(reader, index, size, Cancelled);
        var consistency = await ConsistencyProof.MakeAsync(reader, oldSize, size, Cancelled);

        Assert.Equal(root, (await reader.ReadFrontierAsync(Cancelled)).Root);
        Assert.True(InclusionProof.Verify(Tree.Leaves[index], index, size, root, inclusion));
        Assert.True(ConsistencyProof.Verify(oldSize, Tree.Root(oldSize), size, root, consistency));
    }

    private static TileWriter Append(TileWriter writer, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            writer.Append(Tree.Leaves[i]);
        }

        return writer;
    }

    private static List<string> Paths(IEnumerable<TileChange> changes) =>
        [.. changes.Select(change => change.Path.ToString())];
}
