namespace SignalExchange.Benchmarks.Ads;

/// <summary>How many pairs of template and variant are found. A refused text is a missed one.</summary>
internal sealed class Recall
{
    private readonly List<(AdPair Pair, bool IsFound)> _pairs;

    private Recall(IEnumerable<(AdPair, bool)> pairs) => _pairs = [.. pairs];

    /// <summary>Looks for each variant.</summary>
    /// <param name="pairs">All pairs.</param>
    /// <param name="asked">What is asked about for an ad: itself, or parts of it as well.</param>
    /// <param name="threshold">In how many bands a pair must agree.</param>
    public static Recall Measure(
        IEnumerable<AdPair> pairs,
        Func<SketchedAd, IEnumerable<SketchedAd>> asked,
        int threshold
    ) =>
        new(
            pairs.Select(pair =>
                (pair, asked(pair.Variant).Any(part => pair.Template.CountAgreeingBands(part) >= threshold))
            )
        );

    /// <summary>Returns the templates: one for each cluster that has variants.</summary>
    public static int CountTemplates(IReadOnlyList<SketchedAd> ads) =>
        ads.Where(ad => ad.Row.Kind != AdRow.Single).DistinctBy(ad => ad.Row.Cluster).Count();

    /// <summary>Returns the share that is found, by kind and edit level.</summary>
    public SortedDictionary<string, double> ByLevel() =>
        new(
            _pairs
                .GroupBy(it => it.Pair.Variant.Row.Level, it => it.IsFound)
                .ToDictionary(level => level.Key, level => level.Average(isFound => isFound ? 1.0 : 0.0)),
            StringComparer.Ordinal
        );

    /// <summary>Returns which share of all pairs that are found belong together: among posted texts, if there are variants among them.</summary>
    /// <param name="falsePairs">How many pairs are found that do not.</param>
    public double Precision(long falsePairs)
    {
        var hasPosted = _pairs.Any(it => it.Pair.IsPosted);
        var right = _pairs.Count(it => it.IsFound && it.Pair.IsPosted == hasPosted);
        return right == 0 ? 0 : (double)right / (right + falsePairs);
    }
}
