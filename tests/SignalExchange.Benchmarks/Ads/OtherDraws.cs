using SignalExchange.Benchmarks.Harness;
using SignalExchange.Index.Templates;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>The same figures for other draws of the functions: how much of the product's is luck.</summary>
internal static class OtherDraws
{
    /// <summary>Evaluates draws.</summary>
    /// <param name="rows">The ads.</param>
    /// <param name="gray">Pairs that are left out.</param>
    /// <param name="draws">How many.</param>
    /// <param name="threshold">In how many bands a pair must agree.</param>
    public static IEnumerable<Measurement> Measure(IReadOnlyList<AdRow> rows, GrayPairs gray, int draws, int threshold)
    {
        var (recalls, stricter) = (
            new List<SortedDictionary<string, double>>(),
            new List<SortedDictionary<string, double>>()
        );
        var unrelated = new List<UnrelatedPairs>();
        for (var draw = 0; draw < draws; draw++)
        {
            var functions = new OtherFunctions(draw);
            var all = rows.Select(row => new SketchedAd(row, functions.BandsOf(row.Text))).ToList();
            var ads = all.ConvertAll(StopBands.Of(all, new TemplateOptions()).Apply);
            recalls.Add(Recall.Measure(AdPair.Of(ads, gray), ad => [ad], threshold).ByLevel());
            stricter.Add(Recall.Measure(AdPair.Of(ads, gray), ad => [ad], threshold + 1).ByLevel());
            unrelated.Add(UnrelatedPairs.Measure(ads, gray, ad => [ad]));
        }

        return
        [
            .. Describe(threshold, recalls, unrelated),
            .. Describe(threshold + 1, stricter, unrelated),
            Measurement.Once("other draws: unrelated pairs of all", "", unrelated.Sum(it => it.Count)),
        ];
    }

    private static IEnumerable<Measurement> Describe(
        int bands,
        List<SortedDictionary<string, double>> recalls,
        List<UnrelatedPairs> unrelated
    ) =>
        [
            .. recalls
                .SelectMany(recall => recall)
                .GroupBy(level => level.Key, level => 100 * level.Value)
                .Select(level => Measurement.Of($"other draws at {bands} bands: recall, {level.Key}", "%", level)),
            Measurement.Once(
                $"other draws at {bands} bands: false pairs of all",
                "",
                unrelated.Sum(it => it.CountFalse(bands))
            ),
        ];
}
