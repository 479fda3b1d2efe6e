using CsCheck;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tests.Merkle;

public sealed class ProofTests
{
    private const int Small = 70;
    private static readonly MemoryTree Tree = MemoryTree.Of(5_000);
    private static readonly MerkleHash Other = MerkleHashing.HashLeaf("other"u8);

    [Fact]
    public async Task Every_leaf_of_every_small_tree_is_proven_and_nothing_else_is()
    {
        for (var size = 1; size <= Small; size++)
        {
            for (var index = 0; index < size; index++)
            {
                await CheckInclusion(index, size);
            }
        }
    }

    [Fact]
    public Task Random_leaves_of_large_trees_are_proven() =>
        Gen.Select(Gen.Int[1, 5_000], Gen.Int[0, int.MaxValue])
            .SampleAsync(async (size, draw) => await CheckInclusion(draw % size, size), iter: 100);

    [Fact]
    public async Task Every_small_tree_is_consistent_with_every_smaller_one_and_no_other()
    {
        for (var size = 1; size <= Small; size++)
        {
            for (var oldSize = 0; oldSize <= size; oldSize++)
            {
                await CheckConsistency(oldSize, size);
            }
        }
    }

    [Fact]
    public Task Random_large_trees_are_consistent() =>
        Gen.Select(Gen.Int[1, 5_000], Gen.Int[0, int.MaxValue])
            .SampleAsync(async (size, draw) => await CheckConsistency(draw % (size + 1), size), iter: 100);

    [Fact]
    public void A_leaf_outside_the_tree_is_never_included()
    {
        var root = Tree.Leaves[0];

        Assert.True(InclusionProof.Verify(root, 0, 1, root, []));
        Assert.False(InclusionProof.Verify(root, 1, 1, root, []));
        Assert.False(InclusionProof.Verify(root, -1, 1, root, []));
        Assert.False(InclusionProof.Verify(root, 0, 0, root, []));
    }

    [Fact]
    public void An_empty_tree_has_one_root_and_needs_no_proof()
    {
        var empty = MerkleHashing.EmptyRoot;

        Assert.True(ConsistencyProof.Verify(0, empty, 5, Tree.Root(5), []));
        Assert.False(ConsistencyProof.Verify(0, Other, 5, Tree.Root(5), []));
        Assert.False(ConsistencyProof.Verify(0, empty, 0, Other, []));
        Assert.False(ConsistencyProof.Verify(0, empty, 5, Tree.Root(5), [Other]));
        Assert.False(ConsistencyProof.Verify(6, Tree.Root(6), 5, Tree.Root(5), []));
    }

    private static async Task CheckInclusion(int index, int size)
    {
        var root = Tree.Root(size);
        var leaf = Tree.Leaves[index];
        var proof = await InclusionProof.MakeAsync(Tree, index, size, TestContext.Current.CancellationToken);

        Assert.True(InclusionProof.Verify(leaf, index, size, root, proof));
        Assert.False(InclusionProof.Verify(Other, index, size, root, proof));
        Assert.False(InclusionProof.Verify(leaf, index, size, Other, proof));
        Assert.False(InclusionProof.Verify(leaf, index ^ 1, size, root, proof) && size > 1);
        Assert.All(Mangle(proof), bad => Assert.False(InclusionProof.Verify(leaf, index, size, root, bad)));
    }

    private static async Task CheckConsistency(int oldSize, int size)
    {
        var (oldRoot, root) = (Tree.Root(oldSize), Tree.Root(size));
        var proof = await ConsistencyProof.MakeAsync(Tree, oldSize, size, TestContext.Current.CancellationToken);

        Assert.True(ConsistencyProof.Verify(oldSize, oldRoot, size, root, proof));
        Assert.False(ConsistencyProof.Verify(oldSize, Other, size, root, proof));
        Assert.False(ConsistencyProof.Verify(oldSize, oldRoot, size, Other, proof) && oldSize > 0);
        Assert.All(Mangle(proof), bad => Assert.False(ConsistencyProof.Verify(oldSize, oldRoot, size, root, bad)));
    }

    private static IEnumerable<IReadOnlyList<MerkleHash>> Mangle(IReadOnlyList<MerkleHash> proof)
    {
        yield return [.. proof, Other];
        yield return [Other, .. proof];
        for (var i = 0; i < proof.Count; i++)
        {
            yield return [.. proof.Take(i), .. proof.Skip(i + 1)];
            yield return [.. proof.Take(i), Other, .. proof.Skip(i + 1)];
        }
    }
}
