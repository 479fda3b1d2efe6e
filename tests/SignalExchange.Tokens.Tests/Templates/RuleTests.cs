using SignalExchange.Tokens.Templates;

namespace SignalExchange.Tokens.Tests.Templates;

public sealed class RuleTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(2_500, 3)]
    [InlineData(2_501, 4)]
    [InlineData(50_000, 4)]
    [InlineData(50_001, 5)]
    [InlineData(1_000_000, 5)]
    public void The_more_templates_live_the_more_bands_must_agree(long templates, int threshold) =>
        Assert.Equal(threshold, AdMatchRule.Threshold(templates));

    [Theory]
    [InlineData(0, 3, AdMatch.None)]
    [InlineData(2, 3, AdMatch.None)]
    [InlineData(3, 3, AdMatch.Weak)]
    [InlineData(4, 3, AdMatch.Match)]
    [InlineData(11, 3, AdMatch.Match)]
    [InlineData(12, 3, AdMatch.Strong)]
    [InlineData(48, 3, AdMatch.Strong)]
    [InlineData(4, 5, AdMatch.None)]
    [InlineData(5, 5, AdMatch.Weak)]
    [InlineData(11, 12, AdMatch.None)]
    [InlineData(12, 12, AdMatch.Strong)]
    public void Bands_make_a_weak_match_a_match_or_a_strong_one(int agreeing, int threshold, AdMatch match) =>
        Assert.Equal(match, AdMatchRule.Judge(agreeing, threshold));

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(49, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 13)]
    public void Numbers_that_cannot_be_are_a_broken_promise(int agreeing, int threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AdMatchRule.Judge(agreeing, threshold));

    [Fact]
    public void A_negative_number_of_templates_is_a_broken_promise() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AdMatchRule.Threshold(-1));

    [Theory]
    [InlineData(1, 0, 0, 10, AdGrowthOutcome.Joins)]
    [InlineData(15, 3, 1, 39, AdGrowthOutcome.Joins)]
    [InlineData(1, 0, 0, 2, AdGrowthOutcome.TooWeak)]
    [InlineData(1, 0, 0, 3, AdGrowthOutcome.TooWeak)]
    [InlineData(1, 0, 0, 4, AdGrowthOutcome.Joins)]
    [InlineData(1, 0, 0, 40, AdGrowthOutcome.AddsNothing)]
    [InlineData(1, 0, 2, 10, AdGrowthOutcome.TooFarFromFirst)]
    [InlineData(16, 0, 0, 10, AdGrowthOutcome.TooMany)]
    [InlineData(8, 4, 0, 10, AdGrowthOutcome.TooManyToday)]
    public void A_template_grows_within_bounds(
        int sketches,
        int today,
        int generation,
        int bands,
        AdGrowthOutcome outcome
    ) => Assert.Equal(outcome, AdGrowthRule.Judge(new AdGrowth(sketches, today, generation, bands, Threshold: 3)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(600, 0)]
    [InlineData(601, 3)]
    [InlineData(800, 3)]
    [InlineData(801, 4)]
    [InlineData(2_000, 9)]
    [InlineData(4_000, 19)]
    [InlineData(1_000_000, 19)]
    public void Windows_have_a_known_price(int letters, int windows) => Assert.Equal(windows, AdWindows.Count(letters));

    [Fact]
    public void A_window_finds_what_foreign_text_around_hides()
    {
        var template = AdSketch.From(SampleAds.Room).GetOrThrow();
        var wrapped = $"{Foreign('b')} {SampleAds.Room} {Foreign('k')}";
        var whole = AdSketch.From(wrapped).GetOrThrow();
        var windows = AdWindows.Of(wrapped);

        Assert.Equal(AdWindows.Count(AdExplanation.Of(wrapped).Letters), windows.Count);
        Assert.True(whole.CountAgreeingBands(template) < AdMatchRule.MinThreshold);
        Assert.True(windows.Max(window => window.CountAgreeingBands(template)) > AdMatchRule.MinThreshold);
    }

    [Fact]
    public void A_short_ad_has_no_windows() => Assert.Empty(AdWindows.Of(SampleAds.Room));

    // Words that no ad has.
    private static string Foreign(char first) =>
        string.Join(
            ' ',
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    $"{first}{(char)('a' + (i % 26))}{(char)('a' + (i * 7 % 25))}x{(char)('a' + (i * 11 % 23))}"
                )
        );
}
