using SignalExchange.Tokens;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>All pairs of originals of different clusters, without gray ones: what agrees among them, agrees by mistake.</summary>
/// <remarks>
/// Variants made by an edit model are left out: some contain other ads' text on purpose. Refused texts make no pairs, so
/// that they don't make the figure look better.
/// </remarks>
/// <param name="Count">How many there are.</param>
/// <param name="Agreeing">How many of them agree in 1, 2, 3 ... bands.</param>
internal sealed record UnrelatedPairs(long Count, SortedDictionary<int, long> Agreeing)
{
    public static UnrelatedPairs Measure(IReadOnlyList<SketchedAd> ads, GrayPairs gray)
    {
        var originals = ads.Where(ad => ad.Row.IsOriginal && ad.Sketch is not null).ToList();
        var agreeing = new SortedDictionary<int, long>();
        foreach (var (pair, bands) in CountBands(originals))
        {
            if (IsUnrelated(originals[pair.One], originals[pair.Other], gray))
            {
                agreeing[bands] = agreeing.GetValueOrDefault(bands) + 1;
            }
        }

        return new(CountPairs(originals, gray), agreeing);
    }

    /// <summary>Returns how many pairs agree in enough bands.</summary>
    public long CountFalse(int threshold) => Agreeing.Where(it => it.Key >= threshold).Sum(it => it.Value);

    private static bool IsUnrelated(SketchedAd one, SketchedAd other, GrayPairs gray) =>
        one.Row.Cluster != other.Row.Cluster && !gray.Contains(one.Row, other.Row);

    private static Dictionary<(int One, int Other), int> CountBands(List<SketchedAd> originals)
    {
        var postings = new Dictionary<Identifier, List<int>>();
        var pairs = new Dictionary<(int, int), int>();
        for (var i = 0; i < originals.Count; i++)
        {
            foreach (var band in originals[i].Sketch!.BandInputs)
            {
                var before = postings.TryGetValue(band, out var list) ? list : postings[band] = [];
                foreach (var other in before)
                {
                    pairs[(other, i)] = pairs.GetValueOrDefault((other, i)) + 1;
                }

                before.Add(i);
            }
        }

        return pairs;
    }

    private static long CountPairs(List<SketchedAd> originals, GrayPairs gray)
    {
        var related = originals.GroupBy(ad => ad.Row.Cluster).Sum(cluster => Pairs(cluster.Count()));
        return Pairs(originals.Count)
            - related
            - gray.CountApart(originals.ToDictionary(ad => ad.Row.Id, ad => ad.Row.Cluster));
    }

    private static long Pairs(long count) => count * (count - 1) / 2;
}
