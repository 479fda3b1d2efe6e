using System.Numerics;

namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>A run of leaves that is a subtree in the sense of RFC 6962: one hash of a proof.</summary>
/// <param name="First">The first leaf.</param>
/// <param name="End">The leaf after the last.</param>
internal readonly record struct LeafRange(long First, long End)
{
    public long Count => End - First;

    /// <summary>Gets the leaf at which the right half begins.</summary>
    // RFC 6962 section 2.1: k is the largest power of two smaller than n.
    public long Split => First + (1L << BitOperations.Log2((ulong)(Count - 1)));

    public LeafRange Left => new(First, Split);

    public LeafRange Right => new(Split, End);

    /// <summary>Returns the full subtrees that the range consists of, the largest first.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var at = First; at < End; )
        {
            var level = BitOperations.Log2((ulong)(End - at));
            yield return new TreeNode(level, at >> level);
            at += 1L << level;
        }
    }
}
