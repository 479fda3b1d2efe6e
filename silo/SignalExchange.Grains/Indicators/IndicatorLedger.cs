using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Indicators;

/// <summary>The rules by which one indicator's state changes: revisions, idempotence, withdrawal.</summary>
/// <remarks>
/// Pure: takes a state and the version of its row, returns a new state and never touches the old one, so that a failed write
/// leaves nothing behind. Knows nothing of grains or storage.
/// </remarks>
internal static class IndicatorLedger
{
    private const int DigestLength = 16;

    /// <summary>Submits or revises the caller's signal.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="version">The sequence of the change that made it; 0 for an indicator that is not stored yet.</param>
    /// <param name="command">What is stated.</param>
    /// <param name="now">The time of the change.</param>
    public static LedgerStep Submit(IndicatorState state, long version, SubmitCommand command, DateTimeOffset now) =>
        Submit(state, version, command, now, [], changesMore: false);

    /// <summary>Submits or revises the caller's signal as a part of something larger.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="version">The sequence of the change that made it; 0 for an indicator that is not stored yet.</param>
    /// <param name="command">What is stated.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="also">What else the submission says: with the statement it tells a retry from a reused id.</param>
    /// <param name="changesMore">Whether there is something to write even if the statement stands already, as its revision is then.</param>
    public static LedgerStep Submit(
        IndicatorState state,
        long version,
        SubmitCommand command,
        DateTimeOffset now,
        ReadOnlySpan<byte> also,
        bool changesMore
    )
    {
        var member = command.Caller.Member.Value;
        var digest = DigestOf([.. command.Statement.ToByteArray(), .. also]);
        if (SubmissionMemory.Find(state, version, member, command.SubmissionId, digest, now) is { } known)
        {
            return known;
        }

        var own = FindOwn(state, member);
        var stands =
            own is { State: SignalState.Active }
            && own.Test == command.Caller.IsTest
            && own.Statement.Equals(command.Statement);
        if (stands && !changesMore)
        {
            return LedgerStep.Known(own!.SignalId, own.Revision, SubmissionMemory.SequenceOf(state, own, version));
        }

        if (Refuse(state, own, command, now) is { } refusal)
        {
            return LedgerStep.Refused(refusal);
        }

        var signal = stands ? own! : Revise(own, command, now);
        var next = Append(state, version, signal, command.SubmissionId, digest, now);
        next.KeyId = next.KeyId.Length > 0 ? next.KeyId : command.KeyId;
        next.SealedElement = next.SealedElement.IsEmpty
            ? ByteString.CopyFrom(command.SealedElement)
            : next.SealedElement;
        next.LastChange = new IndicatorChange { Submitted = signal };
        return LedgerStep.Changed(next, signal);
    }

    /// <summary>Whether a submission of the member's brings a signal back that it withdrew not long ago.</summary>
    public static bool ComesBack(IndicatorState state, MemberId member, DateTimeOffset now) =>
        FindOwn(state, member.Value) is { State: SignalState.Retracted } own
        && now < own.ModifiedAt.ToDateTimeOffset() + Limits.DisputeReturnLife;

    /// <summary>Withdraws the caller's signal.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="version">The sequence of the change that made it; 0 for an indicator that is not stored yet.</param>
    /// <param name="command">Who withdraws, and why.</param>
    /// <param name="now">The time of the change.</param>
    public static LedgerStep Withdraw(IndicatorState state, long version, WithdrawCommand command, DateTimeOffset now)
    {
        var member = command.Caller.Member.Value;
        var digest = DigestOf(command.Reason);
        if (SubmissionMemory.Find(state, version, member, command.SubmissionId, digest, now) is { } known)
        {
            return known;
        }

        if (FindOwn(state, member) is not { } own)
        {
            return LedgerStep.Refused(new Refusal(ErrorReason.SignalNotFound));
        }

        if (own.State == SignalState.Retracted)
        {
            return LedgerStep.Known(own.SignalId, own.Revision, SubmissionMemory.SequenceOf(state, own, version));
        }

        // Never refused for too many revisions: whoever is wrongly accused must get out.
        var signal = own.Clone();
        signal.Revision++;
        signal.State = SignalState.Retracted;
        signal.RetractionReason = command.Reason;
        signal.WrongWithdrawals += command.Reason.IsWrong() ? 1u : 0;
        (signal.Disputed, signal.DisputeDueAt) = (false, null);
        signal.ModifiedAt = now.ToTimestamp();
        var next = Append(state, version, signal, command.SubmissionId, digest, now);
        next.LastChange = new IndicatorChange { Withdrawn = signal };
        return LedgerStep.Changed(next, signal);
    }

    private static Signal? FindOwn(IndicatorState state, string member) =>
        state.Signals.FirstOrDefault(signal => signal.Owner == member);

    private static Refusal? Refuse(IndicatorState state, Signal? own, SubmitCommand command, DateTimeOffset now)
    {
        // "Automation never overwrites a manual review."
        if (
            own is { State: SignalState.Active, Statement.ReviewStatus: ReviewStatus.ReviewedManually }
            && command.Statement.ReviewStatus != ReviewStatus.ReviewedManually
        )
        {
            return new Refusal(ErrorReason.ManualReviewStands, "statement.review_status");
        }

        var remembered = SubmissionMemory.CountOf(state, command.Caller.Member.Value, now);
        return remembered < Limits.MaxRevisionsInMemory
            ? null
            : new Refusal(ErrorReason.TooManyRevisions, "", Limits.MaxRevisionsInMemory);
    }

    private static Signal Revise(Signal? own, SubmitCommand command, DateTimeOffset now) =>
        new()
        {
            SignalId = own?.SignalId ?? SignalId.NewId().ToByteString(),
            Owner = command.Caller.Member.Value,
            Type = command.Type,
            Statement = command.Statement,
            Revision = (own?.Revision ?? 0) + 1,
            State = SignalState.Active,
            SubmittedAt = own?.SubmittedAt ?? now.ToTimestamp(),
            ModifiedAt = now.ToTimestamp(),
            Test = command.Caller.IsTest,
            // Saying it again settles no dispute, nor does withdrawing it in between.
            Disputed = command.Standing?.IsDisputed ?? own?.Disputed ?? false,
            DisputeDueAt = command.Standing is { } standing ? standing.DueAt?.ToTimestamp() : own?.DisputeDueAt,
            Derived = command.Statement.DerivedFrom.Count > 0,
            WrongWithdrawals = own?.WrongWithdrawals ?? 0,
        };

    /// <summary>The present state with one signal put in place and the submission remembered.</summary>
    private static IndicatorState Append(
        IndicatorState state,
        long version,
        Signal signal,
        byte[] submissionId,
        ByteString digest,
        DateTimeOffset now
    )
    {
        var next = state.Clone();
        Put(next, signal);

        SubmissionMemory.Add(next, version, signal, submissionId, digest, now);
        return next;
    }

    /// <summary>Puts a signal in the place of its owner's, in a state that is being made.</summary>
    public static void Put(IndicatorState state, Signal signal)
    {
        for (var place = 0; place < state.Signals.Count; place++)
        {
            if (state.Signals[place].Owner == signal.Owner)
            {
                state.Signals[place] = signal;
                return;
            }
        }

        state.Signals.Add(signal);
    }

    private static ByteString DigestOf(RetractionReason reason) => DigestOf([(byte)reason]);

    private static ByteString DigestOf(byte[] content) =>
        ByteString.CopyFrom(SHA256.HashData(content).AsSpan(0, DigestLength));
}
