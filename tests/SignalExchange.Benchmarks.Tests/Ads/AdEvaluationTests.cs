using SignalExchange.Benchmarks.Ads;
using SignalExchange.Benchmarks.Ads.Generation;

namespace SignalExchange.Benchmarks.Tests.Ads;

public sealed class AdEvaluationTests
{
    private static readonly GrayPairs NoGray = GrayPairs.Read(null);

    [Fact]
    public void A_variant_is_found_or_missed_and_a_refused_text_is_missed()
    {
        var text = Text(1);
        var evaluation = AdEvaluation.Run(
            [
                Made("c1", AdRow.Base, text),
                Made("c1", "L0", text.ToUpperInvariant()),
                Made("c1", "L1", ""),
                Made("c2", AdRow.Base, Text(2)),
                Made("c2", "L0", Text(3)),
                Posted("c3", Text(4)),
                Posted("c3", Text(4) + " Ask for Rosa."),
            ],
            NoGray
        );

        Assert.Equal(
            [("L0", 0.5), ("L1", 0), ("real", 1)],
            evaluation.Recall.Select(level => (level.Key, level.Value))
        );
        Assert.Equal((48, 3, 0), (evaluation.TokensPerAd, evaluation.M, evaluation.FalsePairs));
    }

    [Fact]
    public void Unrelated_pairs_are_those_of_originals_of_two_clusters()
    {
        var evaluation = AdEvaluation.Run(
            [
                Made("c1", AdRow.Base, Text(1)),
                Made("c1", "L0", Text(1)),
                Posted("c2", Text(2)),
                Posted("c2", Text(2)),
                Single("s1", Text(3)),
                Single("s2", "too short"),
            ],
            NoGray
        );

        // The base and the single one with each other and with the two posted ones.
        Assert.Equal((5, 0), (evaluation.UnrelatedPairs, evaluation.FalsePairs));
    }

    [Fact]
    public void What_two_clusters_have_in_common_is_a_false_pair_and_precision_falls()
    {
        var evaluation = AdEvaluation.Run(
            [Posted("c1", Text(1)), Posted("c1", Text(1)), Single("s1", Text(1) + " Ask for Rosa.")],
            NoGray
        );

        Assert.Equal(2, evaluation.FalsePairs);
        Assert.Equal(100.0 / 3, Detail(evaluation, "precision"), precision: 3);
    }

    [Fact]
    public void Gray_pairs_count_neither_as_missed_nor_as_false()
    {
        AdRow[] rows =
        [
            Posted("c1", Text(1), "a"),
            Posted("c1", Text(2), "b"),
            Posted("c1", Text(1), "c"),
            Single("d", Text(1)),
        ];
        using var files = new DataFile();
        var gray = GrayPairs.Read(files.Write("a\tb\nb\tc\nd\ta\nc\td\n"));

        var evaluation = AdEvaluation.Run(rows, gray);

        Assert.Equal((1, 0, 1), (evaluation.Recall["real"], evaluation.FalsePairs, evaluation.UnrelatedPairs));
    }

    [Fact]
    public void Boilerplate_of_many_ads_makes_hardly_a_pair_since_the_exchange_ignores_it()
    {
        // So much of what these ads say that each band is the footer's in more than 30 of 200, and in fewer of 20.
        var footer = string.Join(' ', Enumerable.Range(90, 6).Select(i => Text((ulong)i)));
        var common = AdEvaluation.Run([.. Enumerable.Range(0, 200).Select(i => WithFooter(i, footer))], NoGray);
        var rare = AdEvaluation.Run([.. Enumerable.Range(0, 20).Select(i => WithFooter(i, footer))], NoGray);

        Assert.InRange(common.FalsePairs, 0, Detail(common, "false pairs, had none been ignored") / 100);
        Assert.True(rare.FalsePairs > 0);
        Assert.Equal(0, Detail(rare, "bands ignored, since too many ads have them"));
    }

    [Fact]
    public void Windows_find_what_is_wrapped_in_foreign_text_and_cost_more()
    {
        var wrapped = string.Join(' ', Text(11), Text(12), Text(13), Text(1), Text(14), Text(15), Text(16));
        var evaluation = AdEvaluation.Run([Made("c1", AdRow.Base, Text(1)), Made("c1", "salad100", wrapped)], NoGray);

        Assert.Equal(0, evaluation.Recall["salad100"]);
        Assert.Equal(100, Detail(evaluation, "recall with windows, salad100"));
        Assert.True(Detail(evaluation, "tokens an ad with windows") > 2 * evaluation.TokensPerAd);
    }

    [Fact]
    public void Other_draws_of_the_functions_make_other_bands_and_are_told_apart()
    {
        var (text, repost) = (Text(1), Text(1).ToUpperInvariant());
        var (one, other) = (new OtherFunctions(0), new OtherFunctions(1));
        Assert.Equal(one.BandsOf(text), one.BandsOf(repost));
        Assert.Empty(one.BandsOf(text)!.Intersect(other.BandsOf(text)!));
        Assert.Null(one.BandsOf("too short"));

        var evaluation = AdEvaluation.Run([Posted("c", text), Posted("c", repost), Single("s", Text(2))], NoGray, 3);

        Assert.Equal(100, Detail(evaluation, "other draws at 3 bands: recall, real"));
        Assert.Equal(3 * evaluation.UnrelatedPairs, Detail(evaluation, "other draws: unrelated pairs of all"));
        Assert.Equal(0, Detail(evaluation, "other draws at 3 bands: false pairs of all"));
    }

    [Fact]
    public void Two_ads_of_one_id_and_a_file_of_refused_texts_break_nothing()
    {
        Assert.Equal(
            1,
            AdEvaluation.Run([Single("a", Text(1)), Single("a", Text(2)) with { Cluster = "b" }], NoGray).UnrelatedPairs
        );
        Assert.Equal(0, AdEvaluation.Run([Posted("c", ""), Posted("c", "😀")], NoGray).Recall["real"]);
    }

    private static double Detail(AdEvaluation evaluation, string name) =>
        Assert.Single(evaluation.Details, it => it.Name == name).Median;

    private static string Text(ulong seed) => AdWriter.Write(new Dice(seed));

    private static AdRow WithFooter(int number, string footer) =>
        Single($"{number}", $"{Text(1_000 + (ulong)number)} {footer}");

    private static AdRow Made(string cluster, string edit, string text) =>
        new($"{cluster}~{edit}", cluster, text, AdRow.Made, null, null, edit);

    private static AdRow Posted(string cluster, string text, string? id = null) =>
        new(id ?? $"{cluster}-{text.Length}", cluster, text, "real", null, null, null);

    private static AdRow Single(string id, string text) => new(id, id, text, AdRow.Single, null, null, null);
}
