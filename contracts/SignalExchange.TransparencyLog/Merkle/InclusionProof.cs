namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>Proofs that a leaf is in a tree (RFC 6962 section 2.1.1).</summary>
public static class InclusionProof
{
    /// <summary>Makes a proof.</summary>
    /// <param name="reader">The tree.</param>
    /// <param name="index">The leaf, from 0 and below <paramref name="size"/>.</param>
    /// <param name="size">The size of the tree that the proof is about; the reader's tree is at least that large.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The hashes, from the leaf's sibling up. Nothing is checked: <see cref="Verify"/> it against a signed root.</returns>
    public static Task<IReadOnlyList<MerkleHash>> MakeAsync(
        ITreeReader reader,
        long index,
        long size,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return ProofPlan.ReadAsync(ProofPlan.Inclusion(index, size), reader, cancellationToken);
    }

    /// <summary>Verifies a proof (RFC 9162 section 2.1.3.2).</summary>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="index">Its index.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="root">The root of the tree.</param>
    /// <param name="proof">The hashes.</param>
    /// <returns>Whether the leaf is at that index of that tree; false also when the index lies outside it.</returns>
    /// <remarks>Pure. At most one hash a line of the proof.</remarks>
    public static bool Verify(MerkleHash leaf, long index, long size, MerkleHash root, IReadOnlyList<MerkleHash> proof)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            var isRight = (fn & 1) == 1 || fn == sn;
            hash = isRight ? MerkleHashing.HashNode(sibling, hash) : MerkleHashing.HashNode(hash, sibling);
            while (isRight && (fn & 1) == 0 && fn != 0)
            {
                (fn, sn) = (fn >> 1, sn >> 1);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && hash == root;
    }
}
