namespace SignalExchange.Benchmarks.Ads;

/// <summary>A template and an ad that is a variant of it.</summary>
/// <param name="Template">What is registered.</param>
/// <param name="Variant">What is asked about.</param>
internal readonly record struct AdPair(SketchedAd Template, SketchedAd Variant)
{
    /// <summary>Gets whether somebody posted the variant, rather than an edit model.</summary>
    public bool IsPosted => Variant.Row.Kind != AdRow.Made;

    /// <summary>Returns all pairs of a file, without gray ones.</summary>
    /// <remarks>
    /// Posted variants are each once the template of each other. Made ones are compared with what they were made of: the row with
    /// the edit <c>base</c>, or else the first.
    /// </remarks>
    public static IEnumerable<AdPair> Of(IEnumerable<SketchedAd> ads, GrayPairs gray) =>
        ads.GroupBy(ad => ad.Row.Cluster)
            .SelectMany(cluster => Of([.. cluster]))
            .Where(pair => !gray.Contains(pair.Template.Row, pair.Variant.Row));

    private static IEnumerable<AdPair> Of(IReadOnlyList<SketchedAd> cluster)
    {
        var posted = cluster.Where(ad => ad.Row.Kind != AdRow.Made).ToList();
        var made = cluster.Where(ad => ad.Row.Kind == AdRow.Made).ToList();
        for (var i = 0; i < posted.Count; i++)
        {
            for (var j = i + 1; j < posted.Count; j++)
            {
                yield return new(posted[i], posted[j]);
            }
        }

        var template = made.Find(ad => ad.Row.IsOriginal) ?? made.FirstOrDefault();
        foreach (var variant in made.Where(ad => !ReferenceEquals(ad, template)))
        {
            yield return new(template!, variant);
        }
    }
}
