namespace SignalExchange.Benchmarks.Ads;

/// <summary>How many pairs of template and variant are found, by kind and edit level.</summary>
/// <remarks>
/// Real variants were all posted, so each is once the template of each other. Made ones are compared with what they were
/// made of: the row with the edit <c>base</c>, or else the first. A refused text is a missed one.
/// </remarks>
internal static class Recall
{
    /// <summary>Returns the share of pairs that agree in enough bands.</summary>
    public static SortedDictionary<string, double> Measure(IReadOnlyList<SketchedAd> ads, GrayPairs gray, int threshold)
    {
        var found = ads.GroupBy(ad => ad.Row.Cluster)
            .SelectMany(Pairs)
            .Where(pair => !gray.Contains(pair.Template.Row, pair.Variant.Row))
            .GroupBy(
                pair => pair.Variant.Row.Level,
                pair => pair.Template.CountAgreeingBands(pair.Variant) >= threshold
            );
        return new(
            found.ToDictionary(level => level.Key, level => level.Average(isFound => isFound ? 1.0 : 0.0)),
            StringComparer.Ordinal
        );
    }

    /// <summary>Returns the templates: one for each cluster that has variants.</summary>
    public static int CountTemplates(IReadOnlyList<SketchedAd> ads) =>
        ads.Where(ad => ad.Row.Kind != AdRow.Single).DistinctBy(ad => ad.Row.Cluster).Count();

    private static IEnumerable<(SketchedAd Template, SketchedAd Variant)> Pairs(IEnumerable<SketchedAd> cluster)
    {
        var originals = cluster.Where(ad => ad.Row.Kind != AdRow.Made).ToList();
        var made = cluster.Where(ad => ad.Row.Kind == AdRow.Made).ToList();
        for (var i = 0; i < originals.Count; i++)
        {
            for (var j = i + 1; j < originals.Count; j++)
            {
                yield return (originals[i], originals[j]);
            }
        }

        var template = made.Find(ad => ad.Row.IsOriginal) ?? made.FirstOrDefault();
        foreach (var variant in made.Where(ad => !ReferenceEquals(ad, template)))
        {
            yield return (template!, variant);
        }
    }
}
