namespace SignalExchange.AccessLog.Tests;

/// <summary>The verification of proofs as RFC 9162 writes it (2.1.3.2 and 2.1.4.2): no code of the product.</summary>
internal static class ProofChecks
{
    public static bool IsIncluded(long index, long size, byte[] leaf, byte[] root, IReadOnlyList<byte[]> proof)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = IndependentVerifier.Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                r = IndependentVerifier.Node(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && r.AsSpan().SequenceEqual(root);
    }

    public static bool IsConsistent(
        long first,
        long second,
        byte[] firstRoot,
        byte[] secondRoot,
        IReadOnlyList<byte[]> proof
    )
    {
        if (first == second)
        {
            return proof.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        }

        var path = (first & (first - 1)) == 0 ? [firstRoot, .. proof] : proof.ToList();
        if (path.Count == 0)
        {
            return false;
        }

        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (IndependentVerifier.Node(c, fr), IndependentVerifier.Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                sr = IndependentVerifier.Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr.AsSpan().SequenceEqual(firstRoot) && sr.AsSpan().SequenceEqual(secondRoot);
    }
}
