using CsCheck;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Signals;

public sealed class VerdictPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Reader = Callers.Of("reader", "ring");

    [Fact]
    public void Nothing_visible_is_not_known()
    {
        Assert.Null(VerdictPolicy.Fold([], Reader, Now));
        Assert.Null(Fold(Of("a", statement => statement.Audience = Amber("others"))));
        Assert.Null(Fold(Of("a", change: signal => signal.State = SignalState.Retracted)));
        Assert.Null(Fold(Of("a", statement => statement.ExpiresAt = Now.ToTimestamp())));
    }

    [Fact]
    public void One_member_alone_never_permits_more_than_review()
    {
        var verdict = Fold(Of("a", MayBlock))!;

        Assert.Equal(PermittedAction.ReviewRequired, verdict.PermittedAction);
        Assert.Equal((1u, 1u), (verdict.DistinctMembers, verdict.CorroboratingMembers));
        Assert.Equal((VerdictStatus.Confirmed, Severity.Severe), (verdict.Status, verdict.Severity));
    }

    [Fact]
    public void Two_independent_members_who_both_permit_it_permit_blocking() =>
        Assert.Equal(PermittedAction.MayBlock, Fold(Of("a", MayBlock), Of("b", MayBlock))!.PermittedAction);

    [Fact]
    public void Two_members_permit_what_both_of_them_do() =>
        Assert.Equal(
            PermittedAction.MayRestrict,
            Fold(
                Of("a", MayBlock),
                Of("b", statement => statement.PermittedAction = PermittedAction.MayRestrict)
            )!.PermittedAction
        );

    [Fact]
    public void What_is_disputed_corroborates_nothing_and_permits_no_more_than_review()
    {
        var verdict = Fold(
            Of("a", MayBlock),
            Of("b", MayBlock),
            Of("c", MayBlock, change: signal => signal.Disputed = true)
        )!;

        Assert.Equal(
            (VerdictStatus.Disputed, PermittedAction.ReviewRequired, 2u),
            (verdict.Status, verdict.PermittedAction, verdict.CorroboratingMembers)
        );
    }

    [Fact]
    public void What_was_learned_from_the_network_corroborates_nothing()
    {
        var echo = Of(
            "b",
            statement =>
            {
                MayBlock(statement);
                statement.DerivedFrom.Add(SignalId.NewId().ToByteString());
            }
        );

        var verdict = Fold(Of("a", MayBlock), echo)!;

        Assert.Equal(PermittedAction.ReviewRequired, verdict.PermittedAction);
        Assert.Equal((2u, 1u), (verdict.DistinctMembers, verdict.CorroboratingMembers));
    }

    [Fact]
    public void A_victim_is_guidance_and_no_lead()
    {
        var verdict = Fold(Of("a", Victim))!;

        Assert.Empty(verdict.Signals);
        Assert.Equal(0u, verdict.DistinctMembers);
        Assert.Equal([ProtectiveGuidance.PossibleVictim], verdict.ProtectiveGuidance);
        Assert.Equal(PermittedAction.LeadOnly, verdict.PermittedAction);
    }

    [Fact]
    public void Where_somebody_may_be_a_victim_nobody_may_block() =>
        Assert.Equal(
            PermittedAction.ReviewRequired,
            Fold(Of("a", MayBlock), Of("b", MayBlock), Of("c", Victim))!.PermittedAction
        );

    [Fact]
    public void One_who_cleared_it_makes_it_disputed_and_blocks_blocking()
    {
        var verdict = Fold(Of("a", MayBlock), Of("b", MayBlock), Of("c", Cleared))!;

        Assert.Equal(VerdictStatus.Disputed, verdict.Status);
        Assert.Equal(PermittedAction.ReviewRequired, verdict.PermittedAction);
    }

    [Fact]
    public void What_everybody_cleared_is_cleared()
    {
        var verdict = Fold(Of("a", Cleared))!;

        Assert.Equal((VerdictStatus.Cleared, PermittedAction.LeadOnly), (verdict.Status, verdict.PermittedAction));
        Assert.Equal(Severity.Unspecified, verdict.Severity);
    }

    [Fact]
    public void The_order_of_signals_does_not_matter() =>
        Gen.Shuffle(new[] { Of("a", MayBlock), Of("b", Cleared), Of("c", Victim), Of("d") })
            .Sample(shuffled =>
                Fold(shuffled)!.Equals(Fold([.. shuffled.OrderBy(signal => signal.Owner, StringComparer.Ordinal)]))
            );

    private static Verdict? Fold(params Signal[] signals) => VerdictPolicy.Fold(signals, Reader, Now);

    private static Signal Of(string owner, Action<SignalStatement>? state = null, Action<Signal>? change = null)
    {
        var signal = new Signal
        {
            Owner = owner,
            Statement = Statements.Valid(Now, state ?? (_ => { })),
            State = SignalState.Active,
            SubmittedAt = Now.AddMinutes(-owner[0]).ToTimestamp(),
        };
        change?.Invoke(signal);
        return signal;
    }

    private static Audience Amber(string group) => new() { ShareLevel = ShareLevel.Amber, GroupIds = { group } };

    private static void MayBlock(SignalStatement statement) => statement.PermittedAction = PermittedAction.MayBlock;

    private static void Cleared(SignalStatement statement) => statement.Status = SignalStatus.Cleared;

    private static void Victim(SignalStatement statement) => statement.SubjectRole = SubjectRole.PossibleVictim;
}
