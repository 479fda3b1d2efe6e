using System.Text.Json.Serialization;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Contracts.Templates;
using SignalExchange.Index.Templates;
using SignalExchange.Tokens.Templates.Shingles;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>What the sketches of a file's ads find and miss, what they cost and what they give away.</summary>
/// <param name="Recall">The share of pairs found, by kind and edit level.</param>
/// <param name="FalsePairs">How many unrelated pairs agree in <paramref name="M"/> bands or more.</param>
/// <param name="UnrelatedPairs">How many there are.</param>
/// <param name="TokensPerAd">Evaluations, and tokens, an ad that has a sketch.</param>
/// <param name="CpuUsPerAd">Microseconds of processor time to sketch an ad of the file.</param>
/// <param name="M">How many bands must agree, as the product chooses for so many templates.</param>
/// <param name="BitsOpened">The share of bands opened by 2^20 guesses each.</param>
internal sealed record AdEvaluation(
    [property: JsonPropertyName("recall")] SortedDictionary<string, double> Recall,
    [property: JsonPropertyName("false_pairs")] long FalsePairs,
    [property: JsonPropertyName("unrelated_pairs")] long UnrelatedPairs,
    [property: JsonPropertyName("tokens_per_ad")] double TokensPerAd,
    [property: JsonPropertyName("cpu_us_per_ad")] double CpuUsPerAd,
    [property: JsonPropertyName("m")] int M,
    [property: JsonPropertyName("bits_opened")] double BitsOpened
)
{
    /// <summary>Gets what more there is to tell than the file has a place for.</summary>
    [JsonIgnore]
    public IReadOnlyList<Measurement> Details { get; init; } = [];

    /// <summary>Runs it.</summary>
    /// <param name="rows">The ads.</param>
    /// <param name="gray">Pairs that are left out.</param>
    /// <param name="draws">How many other draws of the functions are evaluated as well.</param>
    public static AdEvaluation Run(IReadOnlyList<AdRow> rows, GrayPairs gray, int draws = 0)
    {
        var all = rows.Select(row => new SketchedAd(row, ProductBands.Of(row.Text))).ToList();
        var stopBands = StopBands.Of(all, new TemplateOptions());
        var ads = all.ConvertAll(stopBands.Apply);
        var accepted = ads.Where(ad => ad.Bands is not null).ToList();
        var templates = Ads.Recall.CountTemplates(ads);
        var threshold = MatchRule.Threshold(templates, MatchThresholds.Default);
        var recall = Ads.Recall.Measure(AdPair.Of(ads, gray), Whole, threshold);
        var unrelated = Ads.UnrelatedPairs.Measure(ads, gray, Whole);
        var cpu = Measurement.Of("CPU", "us", SketchTiming.Measure(rows).DefaultIfEmpty());
        var corpus = new Corpus([.. accepted.Where(ad => ad.Row.IsOriginal)]);
        return new(
            recall.ByLevel(),
            unrelated.CountFalse(threshold),
            unrelated.Count,
            accepted.Select(ad => (double)ad.Bands!.Length).DefaultIfEmpty().Average(),
            cpu.Median,
            threshold,
            GuessingAttack.Run(corpus, BandInput.Rows)
        )
        {
            Details =
            [
                Measurement.Once("precision", "%", 100 * recall.Precision(unrelated.CountFalse(threshold))),
                cpu with
                {
                    Name = "sketch, processor time",
                },
                Measurement.Once("mean length of a text", "chars", rows.Average(row => row.Text.Length)),
                Measurement.Once("templates", "", templates),
                Measurement.Once("texts refused", "", ads.Count - accepted.Count),
                .. unrelated.Agreeing.Select(it =>
                    Measurement.Once($"unrelated pairs that agree in {it.Key} bands", "", it.Value)
                ),
                .. MeasureMoreTemplates(ads, gray, unrelated, threshold),
                .. MeasureStopBands(all, gray, stopBands, threshold),
                .. MeasureWindows(ads, gray, stopBands, threshold),
                .. draws == 0 ? [] : OtherDraws.Measure(rows, gray, draws, threshold),
                Measurement.Once(
                    "bands of two rows that the same guesses open",
                    "%",
                    100 * GuessingAttack.Run(corpus, 2)
                ),
            ],
        };
    }

    /// <summary>Returns it as a table.</summary>
    public Report ToReport(string subject) =>
        Report.Of(
            subject,
            [
                .. Recall.Select(level => Measurement.Once($"recall, {level.Key}", "%", 100 * level.Value)),
                Measurement.Once("false pairs", "", FalsePairs),
                Measurement.Once("unrelated pairs", "", UnrelatedPairs),
                Measurement.Once("tokens an ad", "", TokensPerAd),
                Measurement.Once("bands that must agree", "", M),
                Measurement.Once("bands opened by 2^20 guesses", "%", 100 * BitsOpened),
                .. Details,
            ]
        );

    private static IEnumerable<SketchedAd> Whole(SketchedAd ad) => [ad];

    // With more live templates more bands must agree (MatchRule).
    private static IEnumerable<Measurement> MeasureMoreTemplates(
        List<SketchedAd> ads,
        GrayPairs gray,
        UnrelatedPairs unrelated,
        int threshold
    ) =>
        new[] { threshold + 1, threshold + 2 }.SelectMany(bands =>
            Ads.Recall.Measure(AdPair.Of(ads, gray), Whole, bands)
                .ByLevel()
                .Select(level => Measurement.Once($"recall at {bands} bands, {level.Key}", "%", 100 * level.Value))
                .Append(Measurement.Once($"false pairs at {bands} bands", "", unrelated.CountFalse(bands)))
        );

    private static IEnumerable<Measurement> MeasureStopBands(
        List<SketchedAd> all,
        GrayPairs gray,
        StopBands stopBands,
        int threshold
    ) =>
        [
            Measurement.Once("bands ignored, since too many ads have them", "", stopBands.Count),
            Measurement.Once(
                "false pairs, had none been ignored",
                "",
                Ads.UnrelatedPairs.Measure(all, gray, Whole).CountFalse(threshold)
            ),
        ];

    private static IEnumerable<Measurement> MeasureWindows(
        List<SketchedAd> ads,
        GrayPairs gray,
        StopBands stopBands,
        int threshold
    )
    {
        IEnumerable<SketchedAd> Parts(SketchedAd ad) => ad.WithWindows(stopBands);
        var recall = Ads.Recall.Measure(AdPair.Of(ads, gray), Parts, threshold).ByLevel();
        return
        [
            .. recall.Select(level => Measurement.Once($"recall with windows, {level.Key}", "%", 100 * level.Value)),
            Measurement.Once(
                "false pairs with windows",
                "",
                Ads.UnrelatedPairs.Measure(ads, gray, Parts).CountFalse(threshold)
            ),
            Measurement.Once(
                "tokens an ad with windows",
                "",
                ads.Where(ad => ad.Bands is not null)
                    .Select(ad => Parts(ad).Sum(part => (double)part.Bands!.Length))
                    .DefaultIfEmpty()
                    .Average()
            ),
        ];
    }
}
