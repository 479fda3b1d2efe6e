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
    /// <summary>Looks for each original among the others.</summary>
    /// <param name="ads">All ads of the file.</param>
    /// <param name="gray">Pairs that are left out.</param>
    /// <param name="asked">What is asked about for an ad: itself, or parts of it as well.</param>
    public static UnrelatedPairs Measure(
        IEnumerable<SketchedAd> ads,
        GrayPairs gray,
        Func<SketchedAd, IEnumerable<SketchedAd>> asked
    )
    {
        var originals = ads.Where(ad => ad.Row.IsOriginal && ad.Bands is not null).ToList();
        var agreeing = new SortedDictionary<int, long>();
        foreach (var (pair, bands) in CountBands(originals, asked))
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

    // Whichever of the two is asked about, and whichever part of it: what agrees most counts.
    private static Dictionary<(int One, int Other), int> CountBands(
        List<SketchedAd> originals,
        Func<SketchedAd, IEnumerable<SketchedAd>> asked
    )
    {
        var postings = originals
            .Index()
            .SelectMany(it => BandsOf(it.Item).Select(band => (Band: band, Place: it.Index)))
            .ToLookup(it => it.Band, it => it.Place);
        var most = new Dictionary<(int, int), int>();
        foreach (var (place, ad) in originals.Index())
        {
            var counts = asked(ad)
                .SelectMany(part => BandsOf(part).SelectMany(band => postings[band]).CountBy(it => it));
            foreach (var (other, bands) in counts.Where(it => it.Key != place))
            {
                var pair = (Math.Min(place, other), Math.Max(place, other));
                most[pair] = Math.Max(bands, most.GetValueOrDefault(pair));
            }
        }

        return most;
    }

    private static IEnumerable<(int Place, ulong Band)> BandsOf(SketchedAd ad) =>
        ad.Bands!.Index().Where(it => ad.Counts(it.Index));

    private static long CountPairs(List<SketchedAd> originals, GrayPairs gray)
    {
        var related = originals.GroupBy(ad => ad.Row.Cluster).Sum(cluster => Pairs(cluster.Count()));
        return Pairs(originals.Count)
            - related
            - gray.CountApart(originals.ToLookup(ad => ad.Row.Id, ad => ad.Row.Cluster));
    }

    private static long Pairs(long count) => count * (count - 1) / 2;
}
