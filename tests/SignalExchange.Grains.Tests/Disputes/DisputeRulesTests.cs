using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Disputes;

public sealed class DisputeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
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

    private static DisputeStep Raise(DisputeBookState book, string member, byte[] signalId, DateTimeOffset now) =>
        DisputeRules.Raise(
            book,
            new(
                NewSignal(),
                member,
                signalId,
                new("owner", IndicatorType.Email, [.. Enumerable.Repeat((byte)7, Token.Size)]),
                DisputeReason.Outdated
            ),
            now
        );
}
