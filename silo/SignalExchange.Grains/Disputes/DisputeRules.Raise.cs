using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

// Who may raise one, how often.
internal static partial class DisputeRules
{
    /// <summary>Raises a dispute. While the member's dispute on the signal is not settled, it is that one; once it is, there is no second one until
    /// the owner has changed the signal.</summary>
    /// <param name="book">The book.</param>
    /// <param name="command">What is raised.</param>
    /// <param name="raisedPerDay">How many a member may raise a day.</param>
    /// <param name="now">The time.</param>
    public static DisputeStep Raise(DisputeBookState book, RaiseCommand command, int raisedPerDay, DateTimeOffset now)
    {
        var signalId = ByteString.CopyFrom(command.SignalId);
        var own = book.Disputes.Where(it => it.Dispute.RaisedBy == command.Member).ToList();
        if (own.Find(it => it.Dispute.SignalId == signalId && it.Dispute.IsUnsettled()) is { } known)
        {
            return DisputeStep.Known(known);
        }

        if (Refuse(book, own, command, raisedPerDay, now) is { } refusal)
        {
            return DisputeStep.Refused(refusal);
        }

        var next = book.Clone();
        if (!DisputeRoom.Make(next, command.Member))
        {
            return DisputeStep.Refused(new Refusal(ErrorReason.TooManyDisputes, "", Limits.MaxDisputes));
        }

        var record = Record(command, signalId, now);
        next.Disputes.Add(record);
        RaisedToday.Count(next, command.Member, now);
        return DisputeStep.Changed(next, record);
    }

    private static Refusal? Refuse(
        DisputeBookState book,
        List<DisputeRecord> own,
        RaiseCommand command,
        int raisedPerDay,
        DateTimeOffset now
    )
    {
        if (own.Exists(it => IsAnswered(it, command)))
        {
            return new Refusal(ErrorReason.DisputeRaisedBefore, "signal_id");
        }

        if (own.Count(it => it.Dispute.IsUnsettled()) >= Limits.MaxOpenDisputes)
        {
            return new Refusal(ErrorReason.TooManyDisputes, "", Limits.MaxOpenDisputes);
        }

        return RaisedToday.Of(book, command.Member, now) < raisedPerDay
            ? null
            : new Refusal(ErrorReason.TooManyDisputesToday, "", raisedPerDay);
    }

    // Whoever dropped it, or lost it, has been heard on what the signal says now: a second round would only begin its time to answer anew.
    private static bool IsAnswered(DisputeRecord settled, RaiseCommand command) =>
        settled.Dispute.SignalId.Span.SequenceEqual(command.SignalId)
        && (
            settled.Revision == command.Signal.Revision
            || settled.Dispute.ChangedAt.ToDateTimeOffset() >= command.Signal.RevisedAt
        );

    private static DisputeRecord Record(RaiseCommand command, ByteString signalId, DateTimeOffset now) =>
        new()
        {
            Dispute = new()
            {
                DisputeId = ByteString.CopyFrom(command.DisputeId),
                SignalId = signalId,
                Type = command.Signal.Type,
                Reason = command.Reason,
                State = DisputeState.Open,
                RaisedBy = command.Member,
                Owner = command.Signal.Owner,
                RaisedAt = now.ToTimestamp(),
                DueAt = (now + Limits.DisputeAnswerLife).ToTimestamp(),
            },
            Token = ByteString.CopyFrom(command.Signal.Token),
            Revision = command.Signal.Revision,
        };
}
