using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Signals;

public sealed class StatementRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<IndicatorType> Types => [.. IndicatorTypes.All];

    [Fact]
    public void A_valid_statement_breaks_no_rule() => Assert.Null(Check(_ => { }));

    [Theory]
    [InlineData(0u)]
    [InlineData(101u)]
    public void Confidence_is_one_to_a_hundred(uint confidence) =>
        Assert.Equal(
            new Refusal(ErrorReason.OutOfRange, "confidence", 100, confidence),
            Check(statement => statement.Confidence = confidence)
        );

    [Fact]
    public void What_has_expired_is_refused() =>
        Assert.Equal(ErrorReason.ExpiryPassed, Check(statement => statement.ExpiresAt = Now.ToTimestamp())?.Reason);

    [Theory]
    [MemberData(nameof(Types))]
    public void An_expiry_is_allowed_up_to_the_types_cap_and_not_beyond(IndicatorType type)
    {
        var cap = IndicatorTypes.ExpiryCap(type) + Limits.ClockTolerance;

        Assert.Null(Check(statement => statement.ExpiresAt = (Now + cap).ToTimestamp(), type));
        Assert.Equal(
            ErrorReason.ExpiryTooFar,
            Check(statement => statement.ExpiresAt = (Now + cap + TimeSpan.FromSeconds(1)).ToTimestamp(), type)?.Reason
        );
    }

    [Fact]
    public void The_caps_are_those_of_the_design()
    {
        Assert.Equal(180, IndicatorTypes.ExpiryCap(IndicatorType.PhoneE164).TotalDays);
        Assert.Equal(90, IndicatorTypes.ExpiryCap(IndicatorType.AccountFingerprint).TotalDays);
        Assert.Equal(365, IndicatorTypes.ExpiryCap(IndicatorType.AccountHandle).TotalDays);
    }

    [Fact]
    public void An_action_of_tomorrow_is_refused() =>
        Assert.Equal(
            new Refusal(ErrorReason.TimeInFuture, "action_time"),
            Check(statement => statement.ActionTime = Now.AddDays(1).ToTimestamp())
        );

    [Fact]
    public void Activity_cannot_end_before_it_began() =>
        Assert.Equal(
            ErrorReason.TimesReversed,
            Check(statement =>
            {
                statement.FirstActive = Now.AddDays(-1).ToTimestamp();
                statement.LastActive = Now.AddDays(-2).ToTimestamp();
            })?.Reason
        );

    [Theory]
    [InlineData(ExploitationCategory.HtSexAdult)]
    [InlineData(ExploitationCategory.HtAdvertising)]
    [InlineData(ExploitationCategory.HtDemand)]
    public void Trafficking_of_adults_needs_a_coercion_basis(ExploitationCategory category)
    {
        void AdultTrafficking(SignalStatement statement)
        {
            statement.Categories.Clear();
            statement.Categories.Add(category);
            statement.VictimAgeBand = VictimAgeBand.Unknown;
        }

        Assert.Equal(new Refusal(ErrorReason.CoercionBasisMissing, "means"), Check(AdultTrafficking));
        Assert.Null(
            Check(statement =>
            {
                AdultTrafficking(statement);
                statement.Means.Add(TraffickingMeans.Coercion);
            })
        );
    }

    [Fact]
    public void Trafficking_of_a_child_needs_no_means() =>
        Assert.Null(
            Check(statement =>
            {
                statement.Categories.Add(ExploitationCategory.HtAdvertising);
                statement.VictimAgeBand = VictimAgeBand.Under18;
            })
        );

    [Fact]
    public void Child_exploitation_has_no_adult_victim() =>
        Assert.Equal(
            ErrorReason.CategoryAgeConflict,
            Check(statement => statement.VictimAgeBand = VictimAgeBand.Adult)?.Reason
        );

    [Theory]
    [InlineData(SubjectRole.PossibleVictim)]
    [InlineData(SubjectRole.CompromisedAccount)]
    public void Whoever_is_to_be_protected_is_not_acted_against(SubjectRole role)
    {
        Assert.Equal(
            new Refusal(ErrorReason.RoleForbidsEnforcement, "actions_taken"),
            Check(statement => statement.SubjectRole = role)
        );
        Assert.Equal(
            new Refusal(ErrorReason.RoleForbidsEnforcement, "permitted_action"),
            Check(statement =>
            {
                statement.SubjectRole = role;
                statement.ActionsTaken.Clear();
                statement.ActionsTaken.Add(AccountAction.VictimSupportOffered);
                statement.PermittedAction = PermittedAction.MayRestrict;
            })
        );
    }

    [Theory]
    [InlineData(SignalStatus.Suspected, Precision.High)]
    [InlineData(SignalStatus.Confirmed, Precision.Medium)]
    public void Blocking_needs_confirmation_and_precision(SignalStatus status, Precision precision) =>
        Assert.Equal(
            ErrorReason.BlockNotJustified,
            Check(statement =>
            {
                statement.Status = status;
                statement.Precision = precision;
                statement.PermittedAction = PermittedAction.MayBlock;
            })?.Reason
        );

    [Theory]
    [InlineData(ShareLevel.Amber)]
    [InlineData(ShareLevel.AmberStrict)]
    [InlineData(ShareLevel.Red)]
    public void What_is_not_for_everybody_names_its_groups(ShareLevel level) =>
        Assert.Equal(
            new Refusal(ErrorReason.AudienceEmpty, "audience.group_ids"),
            Check(statement => statement.Audience.ShareLevel = level)
        );

    private static Refusal? Check(Action<SignalStatement> change, IndicatorType type = IndicatorType.PhoneE164) =>
        StatementRules.Check(Statements.Valid(Now, change), type, Now);
}
