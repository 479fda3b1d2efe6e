namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>Which subtrees a proof is made of.</summary>
internal static class ProofPlan
{
    /// <summary>Returns the ranges of an inclusion proof: PATH(index, D[size]) of RFC 6962 section 2.1.1.</summary>
    public static List<LeafRange> Inclusion(long index, long size)
    {
        var ranges = new List<LeafRange>();
        for (var range = new LeafRange(0, size); range.Count > 1; )
        {
            var isLeft = index < range.Split;
            ranges.Add(isLeft ? range.Right : range.Left);
            range = isLeft ? range.Left : range.Right;
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Returns the ranges of a consistency proof: PROOF(oldSize, D[size]) of RFC 6962 section 2.1.2.</summary>
    public static List<LeafRange> Consistency(long oldSize, long size)
    {
        var ranges = new List<LeafRange>();
        var range = new LeafRange(0, size);
        while (range.End != oldSize)
        {
            var isLeft = oldSize <= range.Split;
            ranges.Add(isLeft ? range.Right : range.Left);
            range = isLeft ? range.Left : range.Right;
        }

        // SUBPROOF(m, D[m], b): the old root itself is known to the verifier and left out.
        if (range.First != 0)
        {
            ranges.Add(range);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Reads the nodes of all ranges at once and hashes each range together.</summary>
    public static async Task<IReadOnlyList<MerkleHash>> ReadAsync(
        IReadOnlyList<LeafRange> ranges,
        ITreeReader reader,
        CancellationToken cancellationToken
    )
    {
        var nodes = ranges.Select(range => range.Nodes().ToList()).ToList();
        var hashes = await reader.ReadAsync([.. nodes.SelectMany(it => it)], cancellationToken).ConfigureAwait(false);
        var rest = hashes.ToArray().AsMemory();
        var proof = new List<MerkleHash>(ranges.Count);
        foreach (var it in nodes)
        {
            proof.Add(Join(rest[..it.Count].Span));
            rest = rest[it.Count..];
        }

        return proof;
    }

    // The full subtrees of a range get smaller to the right, so they are joined from there.
    private static MerkleHash Join(ReadOnlySpan<MerkleHash> peaks)
    {
        var root = peaks[^1];
        for (var i = peaks.Length - 2; i >= 0; i--)
        {
            root = MerkleHashing.HashNode(peaks[i], root);
        }

        return root;
    }
}
