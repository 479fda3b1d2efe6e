namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>A full subtree: that of the leaves from <c>Index · 2^Level</c> up to, without, <c>(Index + 1) · 2^Level</c>.</summary>
/// <param name="Level">Its height; 0 for a leaf.</param>
/// <param name="Index">Its place among those of its height, from 0.</param>
public readonly record struct TreeNode(int Level, long Index);
