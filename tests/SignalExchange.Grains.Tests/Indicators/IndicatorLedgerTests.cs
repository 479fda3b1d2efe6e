using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.StoredV1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Indicators;

public sealed class IndicatorLedgerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_submission_makes_revision_one()
    {
        var step = Submit(new IndicatorState(), 0, "a", NewId());

        var signal = Assert.Single(step.Next!.Signals);
        Assert.Equal((1u, SignalState.Active, "a"), (signal.Revision, signal.State, signal.Owner));
        Assert.Equal(signal, step.Next.LastChange.Submitted);
    }

    [Fact]
    public void The_state_that_was_given_is_never_touched()
    {
        var state = Submit(new IndicatorState(), 0, "a", NewId()).Next!;
        var before = state.Clone();

        Submit(state, 5, "b", NewId());
        Withdraw(state, 5, "a", NewId());

        Assert.Equal(before, state);
    }

    [Fact]
    public void A_retry_gets_the_first_answer_and_writes_nothing()
    {
        var id = NewId();
        var first = Submit(new IndicatorState(), 0, "a", id);
        var changed = Submit(first.Next!, 5, "b", NewId());

        var atOnce = Submit(first.Next!, 5, "a", id);
        var later = Submit(changed.Next!, 9, "a", id);

        Assert.Null(atOnce.Next);
        Assert.Null(later.Next);
        Assert.Equal((first.SignalId, 1u, 5L), (atOnce.SignalId, atOnce.Revision, atOnce.Sequence));
        Assert.Equal((first.SignalId, 1u, 5L), (later.SignalId, later.Revision, later.Sequence));
    }

    [Fact]
    public void A_retry_after_a_withdrawal_does_not_bring_the_signal_back()
    {
        var id = NewId();
        var state = Submit(new IndicatorState(), 0, "a", id).Next!;
        var withdrawn = Withdraw(state, 1, "a", NewId()).Next!;

        var retry = Submit(withdrawn, 2, "a", id);

        Assert.Null(retry.Next);
        Assert.Equal(1u, retry.Revision);
    }

    [Fact]
    public void A_submission_id_used_for_something_else_is_refused()
    {
        var id = NewId();
        var state = Submit(new IndicatorState(), 0, "a", id).Next!;

        Assert.Equal(
            ErrorReason.SubmissionIdReused,
            Submit(state, 1, "a", id, statement => statement.Confidence = 10).Refusal?.Reason
        );
        Assert.Equal(ErrorReason.SubmissionIdReused, Withdraw(state, 1, "a", id).Refusal?.Reason);
    }

    [Fact]
    public void Submission_ids_of_two_members_are_independent()
    {
        var id = NewId();
        var state = Submit(new IndicatorState(), 0, "a", id).Next!;

        Assert.Equal(2, Submit(state, 1, "b", id).Next!.Signals.Count);
    }

    [Fact]
    public void The_same_statement_again_is_known_and_writes_nothing()
    {
        var state = Submit(new IndicatorState(), 0, "a", NewId()).Next!;

        var step = Submit(state, 1, "a", NewId());

        Assert.Null(step.Next);
        Assert.Equal(1u, step.Revision);
    }

    [Fact]
    public void A_changed_statement_is_a_revision_of_the_same_signal()
    {
        var first = Submit(new IndicatorState(), 0, "a", NewId());

        var step = Submit(first.Next!, 1, "a", NewId(), statement => statement.Confidence = 75);

        var signal = Assert.Single(step.Next!.Signals);
        Assert.Equal((first.SignalId, 2u), (signal.SignalId, signal.Revision));
    }

    [Fact]
    public void Automation_does_not_replace_what_a_person_reviewed()
    {
        var state = Submit(new IndicatorState(), 0, "a", NewId()).Next!;

        var step = Submit(
            state,
            1,
            "a",
            NewId(),
            statement => statement.ReviewStatus = ReviewStatus.ReviewedAutomatically
        );

        Assert.Equal(ErrorReason.ManualReviewStands, step.Refusal?.Reason);
    }

    [Fact]
    public void A_withdrawn_signal_is_kept_with_its_reason_and_may_be_submitted_anew()
    {
        var first = Submit(new IndicatorState(), 0, "a", NewId());
        var withdrawn = Withdraw(first.Next!, 1, "a", NewId());
        var again = Submit(withdrawn.Next!, 2, "a", NewId());

        var signal = Assert.Single(withdrawn.Next!.Signals);
        Assert.Equal(
            (2u, SignalState.Retracted, RetractionReason.FalsePositive),
            (signal.Revision, signal.State, signal.RetractionReason)
        );
        Assert.Equal((first.SignalId, 3u), (again.SignalId, again.Revision));
        Assert.Equal(RetractionReason.Unspecified, again.Next!.Signals[0].RetractionReason);
    }

    [Fact]
    public void Nobody_withdraws_anothers_signal()
    {
        var state = Submit(new IndicatorState(), 0, "a", NewId()).Next!;

        Assert.Equal(ErrorReason.SignalNotFound, Withdraw(state, 1, "b", NewId()).Refusal?.Reason);
    }

    [Fact]
    public void Revisions_are_bounded_but_withdrawal_is_not()
    {
        var state = new IndicatorState();
        for (var i = 0; i < Limits.MaxRevisionsInMemory; i++)
        {
            var confidence = (uint)(i % 2) + 50;
            state = Submit(state, i, "a", NewId(), statement => statement.Confidence = confidence).Next!;
        }

        var oneMore = Submit(state, 64, "a", NewId(), statement => statement.Confidence = 99);

        Assert.Equal(ErrorReason.TooManyRevisions, oneMore.Refusal?.Reason);
        Assert.NotNull(Submit(state, 64, "b", NewId()).Next);
        Assert.NotNull(Withdraw(state, 64, "a", NewId()).Next);
    }

    [Fact]
    public void Submission_ids_are_forgotten_after_the_memory_and_not_before()
    {
        var id = NewId();
        var state = Submit(new IndicatorState(), 0, "a", id).Next!;
        var (before, after) = (Now + Limits.SubmissionMemory - TimeSpan.FromSeconds(1), Now + Limits.SubmissionMemory);

        Assert.Equal(
            ErrorReason.SubmissionIdReused,
            Submit(state, 1, "a", id, statement => statement.Confidence = 51, before).Refusal?.Reason
        );
        Assert.Equal(2u, Submit(state, 1, "a", id, statement => statement.Confidence = 51, after).Revision);
    }

    [Fact]
    public void Old_submissions_are_dropped_but_for_each_signals_newest()
    {
        var state = Submit(new IndicatorState(), 0, "a", NewId()).Next!;
        state = Submit(state, 1, "a", NewId(), statement => statement.Confidence = 51).Next!;

        var later = Submit(state, 2, "b", NewId(), now: Now + Limits.SubmissionMemory).Next!;

        Assert.Equal(["a", "b"], later.Recent.Select(entry => entry.Member));
    }

    [Fact]
    public void A_members_position_tells_nothing_of_others()
    {
        var first = Submit(new IndicatorState(), 0, "a", NewId()).Next!;
        var alone = Submit(first, 7, "a", NewId());

        var company = Submit(first, 7, "b", NewId()).Next!;
        var among = Submit(company, 9, "a", NewId());

        Assert.Equal(7, alone.Sequence);
        Assert.Equal(7, among.Sequence);
    }

    [Fact]
    public void An_error_stays_counted_however_often_the_signal_is_said_again()
    {
        var state = Submit(new IndicatorState(), 0, "a", NewId()).Next!;
        state = Withdraw(state, 1, "a", NewId()).Next!;
        state = Submit(state, 2, "a", NewId()).Next!;
        state = Withdraw(state, 3, "a", NewId()).Next!;
        state = Submit(state, 4, "a", NewId()).Next!;

        Assert.Equal((5u, 2u), (state.Signals[0].Revision, state.Signals[0].WrongWithdrawals));
    }

    [Fact]
    public void A_signal_comes_back_as_the_book_of_disputes_says_and_only_within_its_time()
    {
        var state = Withdraw(Submit(new IndicatorState(), 0, "a", NewId()).Next!, 1, "a", NewId()).Next!;
        var back = Submit(state, 2, "a", NewId(), standing: new(true, Now.AddDays(7))).Next!.Signals[0];

        Assert.Equal((true, Now.AddDays(7)), (back.Disputed, back.DisputeDueAt.ToDateTimeOffset()));
        Assert.False(Submit(state, 2, "a", NewId(), standing: new(false, null)).Next!.Signals[0].Disputed);
        var last = Now + Limits.DisputeReturnLife;
        Assert.True(IndicatorLedger.ComesBack(state, new("a"), last.AddTicks(-1)));
        Assert.False(IndicatorLedger.ComesBack(state, new("a"), last));
        Assert.False(IndicatorLedger.ComesBack(state, new("b"), Now));
    }

    // What INDICATOR_FULL can tell: see "Time and room" in contracts/docs/threat-model.md.
    [Fact]
    public void No_member_takes_more_than_ten_kilobytes_of_an_indicators_room_however_much_it_says()
    {
        var member = new string('m', 32);
        var state = new IndicatorState();
        for (var revision = 0; revision < Limits.MaxRevisionsInMemory; revision++)
        {
            state = Submit(state, revision, member, NewId(), said => SayAll(said, revision)).Next!;
        }

        var full = Submit(state, 64, member, NewId(), said => SayAll(said, 64));
        state.LastChange = null; // one for all members

        Assert.Equal(ErrorReason.TooManyRevisions, full.Refusal?.Reason);
        Assert.InRange(state.CalculateSize(), 7 * 1024, 10 * 1024);
    }

    // As much as the contract lets a statement hold, and each time something else.
    private static void SayAll(SignalStatement said, int revision)
    {
        said.Confidence = (uint)(revision % 100);
        said.Audience = new() { ShareLevel = ShareLevel.Amber };
        said.Audience.GroupIds.Add(Enumerable.Range(0, 16).Select(it => $"g{it:d2}".PadRight(32, 'x')));
        said.DerivedFrom.Add(Enumerable.Range(0, 16).Select(_ => SignalId.NewId().ToByteString()));
        said.Categories.Clear();
        said.Categories.Add(Enumerable.Repeat(ExploitationCategory.CseGrooming, 8));
        said.EvidenceBasis.Add(Enumerable.Repeat(EvidenceBasis.Conversation, 15));
        said.ActionsTaken.Add(Enumerable.Repeat(AccountAction.AccountTerminated, 15));
        said.CaseReference = SubmissionId.NewId().ToByteString();
        said.Legal = new LegalEnvelope
        {
            Basis = LegalBasis.LegalObligation,
            Purpose = SharingPurpose.Investigation,
            Retention = (RetentionClass)1,
            Permit = SubmissionId.NewId().ToByteString(),
        };
        said.Legal.Jurisdictions.Add(Enumerable.Repeat("DE", 64));
    }

    private static LedgerStep Submit(
        IndicatorState state,
        long version,
        string member,
        byte[] id,
        Action<SignalStatement>? change = null,
        DateTimeOffset? now = null,
        DisputeMark? standing = null
    )
    {
        var statement = Statements.Valid(Now, change ?? (_ => { }));
        var command = new SubmitCommand(Callers.Of(member), id, IndicatorType.Email, "email/1/0", [1, 2, 3], statement)
        {
            Standing = standing,
        };
        return IndicatorLedger.Submit(state, version, command, now ?? Now);
    }

    private static LedgerStep Withdraw(IndicatorState state, long version, string member, byte[] id) =>
        IndicatorLedger.Withdraw(
            state,
            version,
            new WithdrawCommand(Callers.Of(member), id, RetractionReason.FalsePositive),
            Now
        );

    private static byte[] NewId() => SubmissionId.NewId().ToByteString().ToByteArray();
}
