using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Disputes;

/// <summary>Whoever was wrongly accused gets out: raised by one member, answered by the other, felt by every check at once.</summary>
public sealed class DisputeServiceTests(DisputeFixture fixture) : IClassFixture<DisputeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disputed_signal_corroborates_nothing_and_permits_no_more_than_review_from_that_moment_on()
    {
        var (token, _) = await fixture.ReportedByTwo();
        Assert.Equal(
            PermittedAction.MayBlock,
            (await DisputeFixture.VerdictFor(fixture.Reader, token)).PermittedAction
        );

        await DisputeFixture.Raise(fixture.Reader, token, "owner");

        var verdict = await DisputeFixture.VerdictFor(fixture.Reader, token);
        Assert.Equal(
            (VerdictStatus.Disputed, PermittedAction.ReviewRequired, 1u),
            (verdict.Status, verdict.PermittedAction, verdict.CorroboratingMembers)
        );
    }

    [Fact]
    public async Task The_owner_withdraws_and_the_person_is_out()
    {
        var (token, dispute) = await fixture.Disputed();

        var answer = new AnswerDisputeRequest { DisputeId = dispute.DisputeId, Answer = DisputeAnswer.Withdraw };
        var settled = (await fixture.Owner.AnswerDisputeAsync(answer, cancellationToken: Ct)).Dispute;
        var again = (await fixture.Owner.AnswerDisputeAsync(answer, cancellationToken: Ct)).Dispute;

        Assert.Equal(DisputeState.SignalWithdrawn, settled.State);
        Assert.Equal(settled, again);
        Assert.Empty((await fixture.Reader.Reports.Check([token])).Hits);
        Assert.DoesNotContain(dispute.DisputeId, await DisputeFixture.Unsettled(fixture.Reader));
    }

    [Fact]
    public async Task The_owner_may_stand_by_it_and_whoever_raised_it_may_let_it_go()
    {
        var (token, dispute) = await fixture.Disputed();

        var upheld = await fixture.Owner.AnswerDisputeAsync(
            new() { DisputeId = dispute.DisputeId, Answer = DisputeAnswer.Uphold },
            cancellationToken: Ct
        );
        Assert.Equal(DisputeState.Upheld, upheld.Dispute.State);
        Assert.Equal(VerdictStatus.Disputed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);

        var dropped = await fixture.Reader.CloseDisputeAsync(
            new() { DisputeId = dispute.DisputeId },
            cancellationToken: Ct
        );
        Assert.Equal(DisputeState.Dropped, dropped.Dispute.State);
        Assert.Equal(VerdictStatus.Confirmed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);
    }

    [Fact]
    public async Task An_operator_ends_a_dispute_and_a_stranger_does_not_learn_of_it()
    {
        var (token, dispute) = await fixture.Disputed();

        Assert.Equal(ErrorReason.DisputeNotFound, await RefusedToClose(fixture.Stranger, dispute));
        Assert.Equal(ErrorReason.DisputeStateWrong, await RefusedToClose(fixture.Owner, dispute));
        Assert.Empty((await fixture.Stranger.ListDisputesAsync(new(), cancellationToken: Ct)).Disputes);

        var ended = await fixture.Operators.CloseDisputeAsync(
            new() { DisputeId = dispute.DisputeId },
            cancellationToken: Ct
        );

        Assert.Equal(
            (DisputeState.Dismissed, "reader", "owner"),
            (ended.Dispute.State, ended.Dispute.RaisedBy, ended.Dispute.Owner)
        );
        Assert.Equal(VerdictStatus.Confirmed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);
    }

    [Fact]
    public async Task Neither_side_is_told_who_the_other_is()
    {
        var (_, dispute) = await fixture.Disputed();

        var raised = (await fixture.Reader.ListDisputesAsync(new(), cancellationToken: Ct)).Disputes;
        var owed = (await fixture.Owner.ListDisputesAsync(new() { Unsettled = true }, cancellationToken: Ct)).Disputes;

        Assert.Equal("", raised.Single(it => it.DisputeId == dispute.DisputeId).Owner);
        Assert.Equal("", owed.Single(it => it.DisputeId == dispute.DisputeId).RaisedBy);
    }

    [Fact]
    public async Task Raising_it_again_is_the_same_dispute_until_it_is_settled()
    {
        var (token, dispute) = await fixture.Disputed();

        Assert.Equal(dispute, await DisputeFixture.Raise(fixture.Reader, token, "owner"));
    }

    [Fact]
    public async Task What_an_operator_dismissed_is_not_raised_again()
    {
        var (token, dispute) = await fixture.Disputed();
        await fixture.Operators.CloseDisputeAsync(new() { DisputeId = dispute.DisputeId }, cancellationToken: Ct);

        Assert.Equal(
            ErrorReason.DisputeRaisedBefore,
            await RpcErrors.ReasonOf(() => DisputeFixture.Raise(fixture.Reader, token, "owner"))
        );
        Assert.Equal(VerdictStatus.Confirmed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);
    }

    [Fact]
    public async Task Withdrawing_a_disputed_signal_and_saying_it_again_does_not_make_it_undisputed()
    {
        var (token, dispute) = await fixture.Disputed();
        var answer = new AnswerDisputeRequest { DisputeId = dispute.DisputeId, Answer = DisputeAnswer.Withdraw };
        await fixture.Owner.AnswerDisputeAsync(answer, cancellationToken: Ct);

        await fixture.SayAgain(token, revision: 3);

        Assert.Equal(VerdictStatus.Disputed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);
        Assert.Contains(dispute.DisputeId, await DisputeFixture.Unsettled(fixture.Reader));

        // It can be withdrawn again, to the same dispute, and said again.
        await fixture.Owner.AnswerDisputeAsync(answer, cancellationToken: Ct);
        Assert.Empty((await fixture.Reader.Reports.Check([token])).Hits);
        await fixture.SayAgain(token, revision: 5);
        Assert.Equal(VerdictStatus.Disputed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);

        await fixture.Operators.CloseDisputeAsync(new() { DisputeId = dispute.DisputeId }, cancellationToken: Ct);
        Assert.Equal(VerdictStatus.Confirmed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);
    }

    [Fact]
    public async Task Nobody_disputes_their_own_signal_one_that_is_not_there_or_one_that_they_may_not_see()
    {
        var (token, ownerSignal) = await fixture.Reported();
        var unknown = SignalId.NewId().ToByteString();

        foreach (var (side, signal) in new[] { (fixture.Owner, ownerSignal), (fixture.Reader, unknown) })
        {
            Assert.Equal(
                ErrorReason.SignalNotFound,
                await RpcErrors.ReasonOf(() => DisputeFixture.Raise(side, token, signal))
            );
        }

        var (hidden, hiddenSignal) = await fixture.Reported(said =>
            said.Audience = new() { ShareLevel = ShareLevel.Amber, GroupIds = { DisputeFixture.Ring } }
        );
        Assert.Equal(
            ErrorReason.SignalNotFound,
            await RpcErrors.ReasonOf(() => DisputeFixture.Raise(fixture.Stranger, hidden, hiddenSignal))
        );
    }

    [Fact]
    public async Task A_new_revision_settles_no_dispute_and_the_members_own_withdrawal_settles_it()
    {
        var (token, dispute) = await fixture.Disputed();
        await fixture.SayAgain(token);
        Assert.Equal(VerdictStatus.Disputed, (await DisputeFixture.VerdictFor(fixture.Reader, token)).Status);

        await fixture.Owner.Reports.Withdraw(token);

        Assert.DoesNotContain(dispute.DisputeId, await DisputeFixture.Unsettled(fixture.Owner));
    }

    private static Task<ErrorReason> RefusedToClose(DisputeSide side, Dispute dispute) =>
        RpcErrors.ReasonOf(async () =>
            await side.CloseDisputeAsync(new() { DisputeId = dispute.DisputeId }, cancellationToken: Ct)
        );
}
