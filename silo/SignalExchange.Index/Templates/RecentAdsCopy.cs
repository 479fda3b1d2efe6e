using SignalExchange.Contracts;

namespace SignalExchange.Index.Templates;

/// <summary>The last ads as they were at one time. Never changes; safe from any thread.</summary>
internal sealed class RecentAdsCopy(IReadOnlyList<RecentAdBlock> blocks, int count)
{
    /// <summary>Gets how many ads there are.</summary>
    public int Count => count;

    /// <summary>Counts the ads that agree with another in enough bands.</summary>
    /// <param name="hashes">The other.</param>
    /// <param name="member">Whose ads all count.</param>
    /// <param name="share">How many of each other member's count at most.</param>
    /// <param name="ignored">A bit for each band that does not count.</param>
    /// <param name="threshold">How many must agree.</param>
    public int CountMatches(ReadOnlySpan<ulong> hashes, ulong member, int share, ulong ignored, int threshold)
    {
        Span<uint> wanted = stackalloc uint[Limits.BandsPerAd];
        for (var band = 0; band < wanted.Length; band++)
        {
            wanted[band] = AdBands.FingerprintOf(hashes[band]);
        }

        var matches = new Dictionary<ulong, int>();
        foreach (var block in blocks)
        {
            block.CountMatches(wanted, ignored, threshold, matches);
        }

        return matches.Sum(of => of.Key == member ? of.Value : Math.Min(of.Value, share));
    }
}
