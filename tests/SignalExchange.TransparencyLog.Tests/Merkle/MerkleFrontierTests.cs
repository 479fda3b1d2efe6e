using CsCheck;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tests.Merkle;

public sealed class MerkleFrontierTests
{
    private static readonly MemoryTree Tree = MemoryTree.Of(600);

    [Fact]
    public void Every_size_has_the_root_that_the_definition_gives()
    {
        var frontier = new MerkleFrontier();
        for (var size = 0; size < Tree.Leaves.Count; size++)
        {
            Assert.Equal(size, frontier.Size);
            Assert.Equal(Tree.Root(size), frontier.Root);
            frontier.Append(Tree.Leaves[size]);
        }
    }

    [Fact]
    public void A_frontier_made_of_its_peaks_goes_on_like_the_first() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300])
            .Sample(
                (before, after) =>
                {
                    var first = Grow(new MerkleFrontier(), 0, before);
                    var peaks = new MerkleHash[first.PeakCount];
                    first.CopyPeaks(peaks);

                    var second = Grow(new MerkleFrontier(before, peaks), before, before + after);

                    Assert.Equal(Tree.Root(before + after), second.Root);
                },
                iter: 200
            );

    [Fact]
    public void A_full_subtree_may_be_appended_at_once()
    {
        var frontier = new MerkleFrontier();
        frontier.Append(Tree.Root(256), 8);
        Grow(frontier, 256, 300);

        Assert.Equal(Tree.Root(300), frontier.Root);
    }

    [Fact]
    public void A_subtree_is_refused_where_none_begins()
    {
        var frontier = Grow(new MerkleFrontier(), 0, 3);

        Assert.Throws<ArgumentException>(() => frontier.Append(Tree.Root(2), 1));
    }

    [Fact]
    public void Peaks_that_do_not_fit_the_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => new MerkleFrontier(5, new MerkleHash[1]));

    [Fact]
    public void Appending_allocates_nothing()
    {
        var frontier = Grow(new MerkleFrontier(), 0, 300);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            frontier.Append(MerkleHashing.HashLeaf("entry"u8));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MerkleFrontier Grow(MerkleFrontier frontier, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            frontier.Append(Tree.Leaves[i]);
        }

        return frontier;
    }
}
