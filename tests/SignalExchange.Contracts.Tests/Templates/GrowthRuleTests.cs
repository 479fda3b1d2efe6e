using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Tests.Templates;

public sealed class GrowthRuleTests
{
    [Theory]
    [InlineData(1, 0, 0, 10, MatchStrength.Match, GrowthOutcome.Joins)]
    [InlineData(15, 3, 1, 39, MatchStrength.Strong, GrowthOutcome.Joins)]
    [InlineData(1, 0, 0, 2, MatchStrength.Unspecified, GrowthOutcome.TooWeak)]
    [InlineData(1, 0, 0, 3, MatchStrength.Weak, GrowthOutcome.TooWeak)]
    [InlineData(1, 0, 0, 40, MatchStrength.Strong, GrowthOutcome.IsThere)]
    [InlineData(1, 0, 2, 10, MatchStrength.Match, GrowthOutcome.TooFarFromFirst)]
    [InlineData(16, 0, 0, 10, MatchStrength.Match, GrowthOutcome.TooMany)]
    [InlineData(8, 4, 0, 10, MatchStrength.Match, GrowthOutcome.TooManyToday)]
    public void A_template_grows_within_bounds(
        int sketches,
        int today,
        int generation,
        int bands,
        MatchStrength strength,
        GrowthOutcome outcome
    ) =>
        Assert.Equal(
            outcome,
            GrowthRule.Judge(new Growth(sketches, today, generation, bands, strength), GrowthLimits.Default)
        );

    [Fact]
    public void Whoever_may_not_grow_a_template_is_told_why_and_what_the_limit_is()
    {
        var refusals = Enum.GetValues<GrowthOutcome>()
            .Select(outcome => GrowthRule.RefusalOf(outcome, GrowthLimits.Default))
            .OfType<Refusal>()
            .ToDictionary(refusal => refusal.Reason, refusal => refusal.Limit);

        Assert.Equal(4, refusals.Count);
        Assert.Equal(16, refusals[ErrorReason.TooManySketches]);
        Assert.Equal(4, refusals[ErrorReason.TooManySketchesToday]);
        Assert.Null(refusals[ErrorReason.GrowthTooWeak]);
        Assert.Null(refusals[ErrorReason.GrowthTooFar]);
    }
}
