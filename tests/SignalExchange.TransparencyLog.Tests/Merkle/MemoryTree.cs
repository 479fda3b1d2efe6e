using System.Collections.Concurrent;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tests.Merkle;

/// <summary>A tree as RFC 6962 section 2.1 defines it, word for word: slow, and no code shared with what it checks.</summary>
internal sealed class MemoryTree(IReadOnlyList<MerkleHash> leaves) : ITreeReader
{
    // Properties are sampled on several threads.
    private readonly ConcurrentDictionary<TreeNode, MerkleHash> _nodes = [];

    public IReadOnlyList<MerkleHash> Leaves => leaves;

    public static MemoryTree Of(int size) =>
        new([.. Enumerable.Range(0, size).Select(i => MerkleHashing.HashLeaf(BitConverter.GetBytes(i)))]);

    public MerkleHash Root(int size) => size == 0 ? MerkleHashing.EmptyRoot : Mth(0, size);

    public ValueTask<IReadOnlyList<MerkleHash>> ReadAsync(
        IReadOnlyList<TreeNode> nodes,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult<IReadOnlyList<MerkleHash>>([.. nodes.Select(Read)]);

    private MerkleHash Read(TreeNode node) => _nodes.GetOrAdd(node, Compute);

    private MerkleHash Compute(TreeNode node)
    {
        var first = checked((int)(node.Index << node.Level));
        return Mth(first, first + (1 << node.Level));
    }

    private MerkleHash Mth(int first, int end)
    {
        var n = end - first;
        if (n == 1)
        {
            return leaves[first];
        }

        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return MerkleHashing.HashNode(Mth(first, first + k), Mth(first + k, end));
    }
}
