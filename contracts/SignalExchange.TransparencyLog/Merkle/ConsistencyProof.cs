using System.Numerics;

namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>Proofs that a tree begins with all of an older one (RFC 6962 section 2.1.2).</summary>
public static class ConsistencyProof
{
    /// <summary>The most hashes that a proof can have; more are refused unread (tlog-witness).</summary>
    public const int MaxHashes = 63;

    /// <summary>Makes a proof.</summary>
    /// <param name="reader">The tree.</param>
    /// <param name="oldSize">The size of the older tree, from 0.</param>
    /// <param name="size">The size of the newer, at least <paramref name="oldSize"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The hashes; none if the older tree is empty or both are of one size. Nothing is checked.</returns>
    public static Task<IReadOnlyList<MerkleHash>> MakeAsync(
        ITreeReader reader,
        long oldSize,
        long size,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        List<LeafRange> ranges = oldSize == 0 ? [] : ProofPlan.Consistency(oldSize, size);
        return ProofPlan.ReadAsync(ranges, reader, cancellationToken);
    }

    /// <summary>Verifies a proof (RFC 9162 section 2.1.4.2).</summary>
    /// <param name="oldSize">The size of the older tree.</param>
    /// <param name="oldRoot">Its root.</param>
    /// <param name="size">The size of the newer tree.</param>
    /// <param name="root">Its root.</param>
    /// <param name="proof">The hashes.</param>
    /// <returns>Whether the newer tree begins with all of the older.</returns>
    /// <remarks>
    /// Pure. The empty tree is a beginning of every tree, with no proof; a tree is one of itself, with no proof. The root of an
    /// empty tree must be <see cref="MerkleHashing.EmptyRoot"/>.
    /// </remarks>
    public static bool Verify(
        long oldSize,
        MerkleHash oldRoot,
        long size,
        MerkleHash root,
        IReadOnlyList<MerkleHash> proof
    )
    {
        if (oldSize < 0 || oldSize > size || proof.Count > MaxHashes)
        {
            return false;
        }

        if (oldSize == 0)
        {
            return proof.Count == 0
                && oldRoot == MerkleHashing.EmptyRoot
                && (size > 0 || root == MerkleHashing.EmptyRoot);
        }

        return oldSize == size ? proof.Count == 0 && oldRoot == root : VerifyGrown(oldSize, oldRoot, size, root, proof);
    }

    private static bool VerifyGrown(
        long oldSize,
        MerkleHash oldRoot,
        long size,
        MerkleHash root,
        IReadOnlyList<MerkleHash> proof
    )
    {
        // RFC 9162 2.1.4.2 step 2: an older tree that is a full subtree is the proof's first hash, unwritten.
        var isFull = BitOperations.IsPow2(oldSize);
        if (!isFull && proof.Count == 0)
        {
            return false;
        }

        var shift = BitOperations.TrailingZeroCount(oldSize);
        var (fn, sn) = ((oldSize - 1) >> shift, (size - 1) >> shift);
        var (oldHash, hash) = isFull ? (oldRoot, oldRoot) : (proof[0], proof[0]);
        foreach (var sibling in isFull ? proof : proof.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                oldHash = MerkleHashing.HashNode(sibling, oldHash);
                hash = MerkleHashing.HashNode(sibling, hash);
                var skip = BitOperations.TrailingZeroCount(fn);
                (fn, sn) = (fn >> skip, sn >> skip);
            }
            else
            {
                hash = MerkleHashing.HashNode(hash, sibling);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && oldHash == oldRoot && hash == root;
    }
}
