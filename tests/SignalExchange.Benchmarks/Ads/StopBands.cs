using SignalExchange.Index.Templates;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>Which bands the exchange would ignore, had the file's ads been asked about within a week.</summary>
/// <remarks>Of each cluster one ad is counted, since the exchange does not count reposts that a template finds for certain.</remarks>
internal sealed class StopBands
{
    private readonly HashSet<(int Place, ulong Band)> _bands;

    private StopBands(IEnumerable<(int, ulong)> bands) => _bands = [.. bands];

    /// <summary>Gets how many there are.</summary>
    public int Count => _bands.Count;

    /// <summary>Finds them.</summary>
    /// <param name="ads">All ads of the file; variants that an edit model made are not traffic.</param>
    /// <param name="options">The rule.</param>
    public static StopBands Of(IEnumerable<SketchedAd> ads, TemplateOptions options)
    {
        var traffic = ads.Where(ad => ad.Row.IsOriginal && ad.Bands is not null)
            .DistinctBy(ad => ad.Row.Cluster)
            .ToList();
        var limit = Math.Max(options.StopBandMinAds, (long)(traffic.Count * options.StopBandShare));
        return new(
            traffic
                .SelectMany(ad => ad.Bands!.Index())
                .CountBy(band => band)
                .Where(band => band.Value > limit)
                .Select(band => band.Key)
        );
    }

    /// <summary>Returns an ad with the bands that are ignored.</summary>
    public SketchedAd Apply(SketchedAd ad) =>
        ad.Bands is null
            ? ad
            : ad with
            {
                Ignored = ad
                    .Bands.Index()
                    .Where(_bands.Contains)
                    .Aggregate(0UL, (mask, it) => mask | (1UL << it.Index)),
            };
}
