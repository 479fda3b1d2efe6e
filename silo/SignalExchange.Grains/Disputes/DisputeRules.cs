using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

/// <summary>The rules of disputes: who may raise, answer and end them. Pure: never touches the book that it is given.</summary>
internal static partial class DisputeRules
{
    private const string Field = "dispute_id";

    /// <summary>Whether a dispute is not settled: it still weighs on its signal.</summary>
    public static bool IsUnsettled(this Dispute dispute) => dispute.State is DisputeState.Open or DisputeState.Upheld;

    /// <summary>The owner stands by the signal.</summary>
    public static DisputeStep Uphold(DisputeBookState book, ByteString disputeId, string member, DateTimeOffset now)
    {
        if (FindFor(book, disputeId, member) is not { } known)
        {
            return NotFound();
        }

        return (known.Dispute.Owner == member, known.Dispute.State) switch
        {
            (true, DisputeState.Upheld) => DisputeStep.Known(known),
            (true, DisputeState.Open) => Change(book, known, DisputeState.Upheld, now),
            _ => DisputeStep.Refused(new Refusal(ErrorReason.DisputeStateWrong, Field)),
        };
    }

    /// <summary>Returns a dispute whose owner wants to withdraw the signal.</summary>
    public static DisputeStep ForWithdrawal(DisputeBookState book, ByteString disputeId, string member) =>
        FindFor(book, disputeId, member) is not { } known ? NotFound()
        : known.Dispute.Owner == member
        && (known.Dispute.IsUnsettled() || known.Dispute.State == DisputeState.SignalWithdrawn)
            ? DisputeStep.Known(known)
        : DisputeStep.Refused(new Refusal(ErrorReason.DisputeStateWrong, Field));

    /// <summary>Ends a dispute.</summary>
    /// <param name="book">The book.</param>
    /// <param name="disputeId">Which.</param>
    /// <param name="member">Who raised it; null for an operator.</param>
    /// <param name="now">The time of the change.</param>
    public static DisputeStep Close(DisputeBookState book, ByteString disputeId, string? member, DateTimeOffset now)
    {
        var end = member is null ? DisputeState.Dismissed : DisputeState.Dropped;
        if (FindFor(book, disputeId, member) is not { } known)
        {
            return NotFound();
        }

        if (member is not null && known.Dispute.RaisedBy != member)
        {
            return DisputeStep.Refused(new Refusal(ErrorReason.DisputeStateWrong, Field));
        }

        return known.Dispute.State == end ? DisputeStep.Known(known)
            : known.Dispute.IsUnsettled() ? Change(book, known, end, now)
            : DisputeStep.Refused(new Refusal(ErrorReason.DisputeStateWrong, Field));
    }

    /// <summary>Takes note that a signal was withdrawn: there is nothing to dispute any more.</summary>
    /// <returns>The book to write; null when nothing was disputed.</returns>
    public static DisputeBookState? Withdrawn(DisputeBookState book, ByteString signalId, DateTimeOffset now)
    {
        var next = book.Clone();
        var over = next.Disputes.Where(it => it.Dispute.SignalId == signalId && it.Dispute.IsUnsettled()).ToList();
        foreach (var record in over)
        {
            record.Dispute.State = DisputeState.SignalWithdrawn;
            record.Dispute.ChangedAt = now.ToTimestamp();
        }

        return over.Count == 0 ? null : next;
    }

    /// <summary>Takes note that the owner says a signal again that it withdrew: it stands by it, so what was disputed then is disputed still.</summary>
    /// <param name="book">The book.</param>
    /// <param name="signalId">The signal.</param>
    /// <param name="token">Where it is now.</param>
    /// <param name="now">The time.</param>
    /// <returns>The book to write; null when nothing was disputed, or it was too long ago.</returns>
    public static DisputeBookState? Returned(
        DisputeBookState book,
        ByteString signalId,
        ByteString token,
        DateTimeOffset now
    )
    {
        var next = book.Clone();
        var again = next.Disputes.Where(it => it.Dispute.SignalId == signalId && StandsAgain(it.Dispute, now)).ToList();
        foreach (var record in again)
        {
            record.Token = token;
            record.Dispute.State = DisputeState.Upheld;
            record.Dispute.ChangedAt = now.ToTimestamp();
        }

        return again.Count == 0 ? null : next;
    }

    /// <summary>Takes note that a signal's indicator has another name.</summary>
    /// <returns>The book to write; null when it says so already, or nothing was disputed.</returns>
    public static DisputeBookState? Moved(DisputeBookState book, ByteString signalId, ByteString token)
    {
        var next = book.Clone();
        var moved = next.Disputes.Where(it => it.Dispute.SignalId == signalId && it.Token != token).ToList();
        moved.ForEach(record => record.Token = token);
        return moved.Count == 0 ? null : next;
    }

    /// <summary>Returns what must stand on a signal: the earliest answer that is due, if any, and whether anybody disputes it.</summary>
    public static DisputeMark MarkOf(DisputeBookState book, ByteString signalId)
    {
        var unsettled = book.Disputes.Select(it => it.Dispute).Where(it => it.SignalId == signalId && it.IsUnsettled());
        var disputes = unsettled.ToList();
        var due = disputes
            .Where(it => it.State == DisputeState.Open)
            .Select(it => it.DueAt.ToDateTimeOffset())
            .ToList();
        return new(disputes.Count > 0, due.Count == 0 ? null : due.Min());
    }

    private static DisputeRecord? FindFor(DisputeBookState book, ByteString disputeId, string? member) =>
        book.Disputes.FirstOrDefault(it =>
            it.Dispute.DisputeId == disputeId
            && (member is null || it.Dispute.Owner == member || it.Dispute.RaisedBy == member)
        );

    private static DisputeStep NotFound() => DisputeStep.Refused(new Refusal(ErrorReason.DisputeNotFound, Field));

    private static DisputeStep Change(
        DisputeBookState book,
        DisputeRecord known,
        DisputeState state,
        DateTimeOffset now
    )
    {
        var next = book.Clone();
        var record = next.Disputes.First(it => it.Dispute.DisputeId == known.Dispute.DisputeId);
        record.Dispute.State = state;
        record.Dispute.ChangedAt = now.ToTimestamp();
        return DisputeStep.Changed(next, record);
    }

    // One that is not settled although the signal was withdrawn: the note of that was lost on its way.
    private static bool StandsAgain(Dispute dispute, DateTimeOffset now) =>
        dispute.IsUnsettled()
        || (
            dispute.State == DisputeState.SignalWithdrawn
            && now < dispute.ChangedAt.ToDateTimeOffset() + Limits.DisputeReturnLife
        );
}
