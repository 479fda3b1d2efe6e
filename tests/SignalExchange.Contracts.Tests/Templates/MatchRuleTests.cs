using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Tests.Templates;

public sealed class MatchRuleTests
{
    private const int Strong = 12;

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2_500, 3)]
    [InlineData(2_501, 4)]
    [InlineData(50_000, 4)]
    [InlineData(50_001, 5)]
    [InlineData(1_000_000, 5)]
    public void The_more_sketches_live_the_more_bands_must_agree(long sketches, int threshold) =>
        Assert.Equal(threshold, MatchRule.Threshold(sketches, MatchThresholds.Default));

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1_000_000, 6)]
    public void An_exchange_may_ask_for_more_and_never_for_fewer(long sketches, int minBands) =>
        Assert.Equal(minBands, MatchRule.Threshold(sketches, MatchThresholds.Default with { MinBands = minBands }));

    [Theory]
    [InlineData(0, 3, MatchStrength.Unspecified)]
    [InlineData(2, 3, MatchStrength.Unspecified)]
    [InlineData(3, 3, MatchStrength.Weak)]
    [InlineData(4, 3, MatchStrength.Match)]
    [InlineData(11, 3, MatchStrength.Match)]
    [InlineData(12, 3, MatchStrength.Strong)]
    [InlineData(48, 3, MatchStrength.Strong)]
    [InlineData(4, 5, MatchStrength.Unspecified)]
    [InlineData(5, 5, MatchStrength.Weak)]
    [InlineData(11, 12, MatchStrength.Unspecified)]
    [InlineData(12, 12, MatchStrength.Strong)]
    public void Bands_make_a_weak_match_a_match_or_a_strong_one(int agreeing, int threshold, MatchStrength strength) =>
        Assert.Equal(strength, MatchRule.Judge(agreeing, threshold, Strong));

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(49, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 49)]
    public void Numbers_that_cannot_be_are_a_broken_promise(int agreeing, int threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MatchRule.Judge(agreeing, threshold, Strong));

    [Fact]
    public void A_negative_number_of_sketches_is_a_broken_promise() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MatchRule.Threshold(-1, MatchThresholds.Default));
}
