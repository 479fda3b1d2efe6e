using SignalExchange.Contracts;
using SignalExchange.Contracts.Templates;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Tokens.Tests.Templates;

public sealed class WindowTests
{
    [Fact]
    public void A_sketch_has_as_many_bands_as_the_contract_says() => Assert.Equal(Limits.BandsPerAd, AdSketch.Bands);

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
        Assert.True(whole.CountAgreeingBands(template) < MatchRule.MinThreshold);
        Assert.True(windows.Max(window => window.CountAgreeingBands(template)) > MatchRule.MinThreshold);
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
