using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Templates;

public sealed class TemplateVerdictPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly SketchHit First = new([], MatchStrength.Weak);

    [Fact]
    public void The_first_ad_counts_for_whoever_hears_anybody() =>
        Assert.Equal(MatchStrength.Weak, StrengthFor("reader", [First], SignalOf("owner")));

    [Fact]
    public void Nothing_counts_for_whoever_hears_nobody() =>
        Assert.Equal(MatchStrength.Unspecified, StrengthFor("reader", [First], SignalOf("owner", "others")));

    [Fact]
    public void A_copy_counts_only_where_somebody_is_heard_who_stands_behind_it()
    {
        var copy = new SketchHit(["grower"], MatchStrength.Strong);
        var owner = SignalOf("owner");

        Assert.Equal(MatchStrength.Weak, StrengthFor("reader", [First, copy], owner));
        Assert.Equal(MatchStrength.Weak, StrengthFor("reader", [First, copy], owner, SignalOf("grower", "others")));
        Assert.Equal(MatchStrength.Unspecified, StrengthFor("reader", [copy], owner));
        Assert.Equal(MatchStrength.Strong, StrengthFor("reader", [First, copy], owner, SignalOf("grower")));
    }

    [Fact]
    public void A_copy_whose_grower_withdrew_or_expired_counts_no_more()
    {
        var copy = new SketchHit(["grower"], MatchStrength.Strong);
        var withdrawn = SignalOf("grower");
        withdrawn.State = SignalState.Retracted;
        var expired = SignalOf("grower");
        expired.Statement.ExpiresAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Now);

        Assert.Equal(MatchStrength.Unspecified, StrengthFor("reader", [copy], SignalOf("owner"), withdrawn));
        Assert.Equal(MatchStrength.Unspecified, StrengthFor("reader", [copy], SignalOf("owner"), expired));
    }

    [Theory]
    [InlineData(MatchStrength.Weak, false, PermittedAction.LeadOnly)]
    [InlineData(MatchStrength.Match, false, PermittedAction.ReviewRequired)]
    [InlineData(MatchStrength.Strong, true, PermittedAction.ReviewRequired)]
    [InlineData(MatchStrength.Strong, false, PermittedAction.MayBlock)]
    public void A_match_permits_less_than_the_verdict_where_less_is_sure(
        MatchStrength strength,
        bool isNew,
        PermittedAction most
    )
    {
        Assert.Equal(most, TemplateVerdictPolicy.Limit(PermittedAction.MayBlock, strength, isNew));
        Assert.Equal(PermittedAction.LeadOnly, TemplateVerdictPolicy.Limit(PermittedAction.LeadOnly, strength, isNew));
    }

    private static MatchStrength StrengthFor(string reader, SketchHit[] hits, params Signal[] signals) =>
        TemplateVerdictPolicy.StrengthFor(signals, hits, Callers.Of(reader), Now);

    private static Signal SignalOf(string owner, params string[] groups) =>
        new()
        {
            Owner = owner,
            State = SignalState.Active,
            Statement = Statements.Valid(
                Now,
                it => it.Audience = new Audience { ShareLevel = ShareLevel.Green, GroupIds = { groups } }
            ),
        };
}
