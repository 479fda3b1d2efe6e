using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Disputes;

public sealed class DisputeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly int PerDay = Limits.MaxOpenDisputes + 1;
    private static readonly byte[] Signal = SignalId.NewId().ToByteString().ToByteArray();

    [Fact]
    public void A_dispute_waits_seven_days_for_the_owner_and_the_earliest_of_several_counts()
    {
        var book = Raise(new(), "a", Signal, Now).Next!;
        book = Raise(book, "b", Signal, Now.AddDays(3)).Next!;

        Assert.Equal(new DisputeMark(true, Now.AddDays(7)), MarkOf(book));
    }

    [Fact]
    public void What_is_answered_is_due_no_more_and_still_disputed()
    {
        var raised = Raise(new(), "a", Signal, Now);
        var upheld = DisputeRules.Uphold(raised.Next!, raised.Record!.Dispute.DisputeId, "owner", Now.AddDays(1));

        Assert.Equal(new DisputeMark(true, null), MarkOf(upheld.Next!));
        Assert.Null(DisputeRules.Uphold(upheld.Next!, raised.Record.Dispute.DisputeId, "owner", Now).Next);
    }

    [Fact]
    public void A_mark_goes_with_the_last_dispute()
    {
        var first = Raise(new(), "a", Signal, Now);
        var second = Raise(first.Next!, "b", Signal, Now);

        var one = DisputeRules.Close(second.Next!, first.Record!.Dispute.DisputeId, "a", Now).Next!;
        var none = DisputeRules.Close(one, second.Record!.Dispute.DisputeId, null, Now).Next!;

        Assert.True(MarkOf(one).IsDisputed);
        Assert.Equal(new DisputeMark(false, null), MarkOf(none));
        Assert.Equal([DisputeState.Dropped, DisputeState.Dismissed], none.Disputes.Select(it => it.Dispute.State));
    }

    [Fact]
    public void A_member_has_so_many_open_disputes_and_not_one_more()
    {
        var book = new DisputeBookState();
        for (var place = 0; place < Limits.MaxOpenDisputes; place++)
        {
            book = Raise(book, "a", NewSignal(), Now).Next!;
        }

        Assert.Equal(ErrorReason.TooManyDisputes, Raise(book, "a", NewSignal(), Now).Refusal!.Value.Reason);
        Assert.NotNull(Raise(book, "b", NewSignal(), Now).Next);
        Assert.NotNull(Raise(book, "a", book.Disputes[0].Dispute.SignalId.ToByteArray(), Now).Record);
    }

    [Fact]
    public void A_dispute_that_was_dropped_or_dismissed_is_not_raised_again_until_the_owner_has_changed_the_signal()
    {
        foreach (var closer in new[] { "a", null })
        {
            var raised = Raise(new(), "a", Signal, Now);
            var book = DisputeRules.Close(raised.Next!, raised.Record!.Dispute.DisputeId, closer, Now.AddDays(2)).Next!;

            Assert.Equal(ErrorReason.DisputeRaisedBefore, ReasonOf(Raise(book, "a", Signal, Now.AddDays(3))));
            Assert.NotNull(Raise(book, "b", Signal, Now.AddDays(3)).Next);
            Assert.NotNull(Raise(book, "a", Signal, Now.AddDays(3), revision: 2, Now.AddDays(3)).Next);
        }
    }

    [Fact]
    public void What_an_operator_dismissed_knowing_the_newest_revision_stays_dismissed()
    {
        var raised = Raise(new(), "a", Signal, Now);
        var book = DisputeRules.Close(raised.Next!, raised.Record!.Dispute.DisputeId, null, Now.AddDays(2)).Next!;

        var again = Raise(book, "a", Signal, Now.AddDays(3), revision: 2, Now.AddDays(1));

        Assert.Equal(ErrorReason.DisputeRaisedBefore, ReasonOf(again));
    }

    [Fact]
    public void A_member_raises_so_many_a_day_whatever_becomes_of_them_and_not_one_more()
    {
        var book = new DisputeBookState();
        for (var place = 0; place < PerDay; place++)
        {
            var raised = Raise(book, "a", NewSignal(), Now);
            book = DisputeRules.Close(raised.Next!, raised.Record!.Dispute.DisputeId, "a", Now).Next!;
        }

        var evening = new DateTimeOffset(Now.Date, TimeSpan.Zero).AddDays(1).AddTicks(-1);
        var oneMore = Raise(book, "a", NewSignal(), evening);
        Assert.Equal((ErrorReason.TooManyDisputesToday, PerDay), (ReasonOf(oneMore), oneMore.Refusal!.Value.Limit));
        Assert.NotNull(Raise(book, "b", NewSignal(), evening).Next);

        var tomorrow = Raise(book, "a", NewSignal(), evening.AddTicks(1)).Next!;
        Assert.Equal(("a", 1u), (Assert.Single(tomorrow.Raised).MemberId, tomorrow.Raised[0].Count));
    }

    [Fact]
    public void Whoever_fills_the_book_loses_its_own_history_and_nobody_elses()
    {
        var book = new DisputeBookState();
        for (var place = 0; place < 10; place++)
        {
            book.Disputes.Add(Settled("b", NewSignal()));
        }

        for (var place = 0; place < Limits.MaxDisputes + 500; place++)
        {
            book.Disputes.Add(Settled("a", NewSignal()));
            if (book.Disputes.Count > Limits.MaxDisputes)
            {
                book.Disputes.RemoveAt(book.Disputes.Count - 1);
                book = Raise(book, "a", NewSignal(), Now.AddDays(place)).Next!;
                book.Disputes[^1].Dispute.State = DisputeState.Dropped;
            }
        }

        Assert.Equal(Limits.MaxDisputes, book.Disputes.Count);
        Assert.Equal(10, book.Disputes.Count(it => it.Dispute.RaisedBy == "b"));
        var newcomer = Raise(book, "c", NewSignal(), Now).Next!;
        Assert.Equal(10, newcomer.Disputes.Count(it => it.Dispute.RaisedBy == "b"));
    }

    [Fact]
    public void A_signal_that_is_said_again_within_thirty_days_of_its_withdrawal_is_disputed_still()
    {
        var raised = Raise(new(), "a", Signal, Now);
        var withdrawn = DisputeRules.Withdrawn(raised.Next!, ByteString.CopyFrom(Signal), Now)!;
        var token = ByteString.CopyFrom(new byte[Token.Size]);
        var last = Now + Limits.DisputeReturnLife - TimeSpan.FromTicks(1);

        var back = DisputeRules.Returned(withdrawn, ByteString.CopyFrom(Signal), token, last)!;

        Assert.Equal(new DisputeMark(true, null), MarkOf(back));
        Assert.Equal((DisputeState.Upheld, token), (back.Disputes[0].Dispute.State, back.Disputes[0].Token));
        Assert.Null(DisputeRules.Returned(withdrawn, ByteString.CopyFrom(Signal), token, last.AddTicks(1)));
        var closed = DisputeRules.Close(back, raised.Record!.Dispute.DisputeId, null, last).Next!;
        Assert.Equal(new DisputeMark(false, null), MarkOf(closed));
    }

    [Fact]
    public void A_withdrawal_that_the_book_never_heard_of_leaves_the_dispute_standing_when_the_signal_comes_back()
    {
        var open = Raise(new(), "a", Signal, Now).Next!;

        var back = DisputeRules.Returned(open, ByteString.CopyFrom(Signal), ByteString.Empty, Now.AddDays(1))!;

        Assert.Equal(DisputeState.Upheld, back.Disputes[0].Dispute.State);
        Assert.Equal(Now.AddDays(1), back.Disputes[0].Dispute.ChangedAt.ToDateTimeOffset());
        Assert.Null(DisputeRules.Returned(new(), ByteString.CopyFrom(Signal), ByteString.Empty, Now));
    }

    [Fact]
    public void In_a_full_book_the_oldest_settled_one_makes_room_and_an_open_one_never_does()
    {
        var book = new DisputeBookState();
        for (var place = 0; place < Limits.MaxDisputes; place++)
        {
            book.Disputes.Add(Raise(new(), $"member-{place}", NewSignal(), Now).Record!);
        }

        Assert.Equal(ErrorReason.TooManyDisputes, Raise(book, "a", NewSignal(), Now).Refusal!.Value.Reason);

        book.Disputes[17].Dispute.State = DisputeState.Dropped;
        var next = Raise(book, "a", NewSignal(), Now).Next!;
        Assert.Equal(Limits.MaxDisputes, next.Disputes.Count);
        Assert.DoesNotContain(book.Disputes[17].Dispute.DisputeId, next.Disputes.Select(it => it.Dispute.DisputeId));
    }

    [Fact]
    public void A_withdrawn_signal_settles_every_dispute_on_it_and_no_other()
    {
        var book = Raise(Raise(new(), "a", Signal, Now).Next!, "b", Signal, Now).Next!;
        book = Raise(book, "a", NewSignal(), Now).Next!;

        var next = DisputeRules.Withdrawn(book, ByteString.CopyFrom(Signal), Now)!;

        Assert.Equal(
            [DisputeState.SignalWithdrawn, DisputeState.SignalWithdrawn, DisputeState.Open],
            next.Disputes.Select(it => it.Dispute.State)
        );
        Assert.Null(DisputeRules.Withdrawn(next, ByteString.CopyFrom(Signal), Now));
    }

    [Fact]
    public void An_indicator_that_moves_takes_its_disputes_along()
    {
        var book = Raise(new(), "a", Signal, Now).Next!;
        var token = ByteString.CopyFrom(new byte[32]);

        var next = DisputeRules.Moved(book, ByteString.CopyFrom(Signal), token)!;

        Assert.Equal(token, next.Disputes[0].Token);
        Assert.Null(DisputeRules.Moved(next, ByteString.CopyFrom(Signal), token));
    }

    private static byte[] NewSignal() => SignalId.NewId().ToByteString().ToByteArray();

    private static DisputeMark MarkOf(DisputeBookState book) => DisputeRules.MarkOf(book, ByteString.CopyFrom(Signal));

    private static ErrorReason ReasonOf(DisputeStep step) => step.Refusal!.Value.Reason;

    private static DisputeRecord Settled(string member, byte[] signalId)
    {
        var record = Raise(new(), member, signalId, Now).Record!;
        (record.Dispute.State, record.Dispute.ChangedAt) = (DisputeState.Dropped, record.Dispute.RaisedAt);
        return record;
    }

    private static DisputeStep Raise(
        DisputeBookState book,
        string member,
        byte[] signalId,
        DateTimeOffset now,
        uint revision = 1,
        DateTimeOffset? revisedAt = null
    ) =>
        DisputeRules.Raise(
            book,
            new(
                NewSignal(),
                member,
                signalId,
                new(
                    "owner",
                    IndicatorType.Email,
                    [.. Enumerable.Repeat((byte)7, Token.Size)],
                    revision,
                    revisedAt ?? Now.AddDays(-1)
                ),
                DisputeReason.Outdated
            ),
            PerDay,
            now
        );
}
