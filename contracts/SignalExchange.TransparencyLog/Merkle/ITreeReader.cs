namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>Where the hashes of full subtrees come from when a proof is made.</summary>
public interface ITreeReader
{
    /// <summary>Returns the hashes of full subtrees.</summary>
    /// <param name="nodes">The subtrees; all within the tree that the reader stands for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>As many hashes, in the same order. They need not be checked: whoever makes a proof checks it.</returns>
    ValueTask<IReadOnlyList<MerkleHash>> ReadAsync(IReadOnlyList<TreeNode> nodes, CancellationToken cancellationToken);
}
