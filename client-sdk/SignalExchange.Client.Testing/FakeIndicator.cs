using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>One indicator of a fake exchange: at most one signal a member, in revisions, and what was answered before.</summary>
/// <remarks>The rules are those of the exchange's own ledger of an indicator; the behaviour that both share is one suite of tests.</remarks>
internal sealed class FakeIndicator(IndicatorType type, ByteString element)
{
    private readonly List<FakeAnswer> _answers = [];

    /// <summary>Gets the kind of identifier.</summary>
    public IndicatorType Type => type;

    /// <summary>Gets the element that tokens are derived from.</summary>
    public ByteString Element => element;

    /// <summary>Gets everybody's signals, in the order of their first revisions.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Gets where the newest change stands.</summary>
    public Position Position { get; private set; } = new();

    /// <summary>Submits or revises a member's signal.</summary>
    public FakeAnswer Submit(string owner, Submission submission, DateTimeOffset now, Func<Position> nextPosition)
    {
        var content = submission.Statement.ToByteString();
        if (FindAnswer(owner, submission.SubmissionId, content) is { } known)
        {
            return known;
        }

        var own = FindOwn(owner);
        if (own is { State: SignalState.Active } && own.Statement.Equals(submission.Statement))
        {
            return FakeAnswer.Known(own, Position);
        }

        if (Refuse(own, owner, submission.Statement, now) is { } refusal)
        {
            return FakeAnswer.Refused(refusal);
        }

        var signal = new Signal
        {
            SignalId = own?.SignalId ?? SignalId.NewId().ToByteString(),
            Owner = owner,
            Type = type,
            Statement = submission.Statement.Clone(),
            Revision = (own?.Revision ?? 0) + 1,
            State = SignalState.Active,
            SubmittedAt = own?.SubmittedAt ?? now.ToTimestamp(),
            ModifiedAt = now.ToTimestamp(),
            Derived = submission.Statement.DerivedFrom.Count > 0,
            WrongWithdrawals = own?.WrongWithdrawals ?? 0,
        };
        return Put(signal, submission.SubmissionId, content, now, nextPosition());
    }

    /// <summary>Withdraws a member's signal; never refused for too many revisions.</summary>
    public FakeAnswer Withdraw(string owner, Withdrawal withdrawal, DateTimeOffset now, Func<Position> nextPosition)
    {
        var content = ByteString.CopyFrom((byte)withdrawal.Reason);
        if (FindAnswer(owner, withdrawal.SubmissionId, content) is { } known)
        {
            return known;
        }

        if (FindOwn(owner) is not { } own)
        {
            return FakeAnswer.Refused(new Refusal(ErrorReason.SignalNotFound));
        }

        if (own.State == SignalState.Retracted)
        {
            return FakeAnswer.Known(own, Position);
        }

        var signal = own.Clone();
        signal.Revision++;
        signal.State = SignalState.Retracted;
        signal.RetractionReason = withdrawal.Reason;
        signal.WrongWithdrawals += withdrawal.Reason.IsWrong() ? 1u : 0;
        signal.ModifiedAt = now.ToTimestamp();
        return Put(signal, withdrawal.SubmissionId, content, now, nextPosition());
    }

    private Signal? FindOwn(string owner) => Signals.Find(signal => signal.Owner == owner);

    private FakeAnswer? FindAnswer(string owner, ByteString id, ByteString content)
    {
        var answer = _answers.Find(answer => answer.Signal!.Owner == owner && answer.SubmissionId == id);
        return answer is null ? null
            : answer.Content == content ? answer with { IsAlreadyKnown = true }
            : FakeAnswer.Refused(new Refusal(ErrorReason.SubmissionIdReused, "submission_id"));
    }

    private Refusal? Refuse(Signal? own, string owner, SignalStatement statement, DateTimeOffset now)
    {
        if (
            own is { State: SignalState.Active, Statement.ReviewStatus: ReviewStatus.ReviewedManually }
            && statement.ReviewStatus != ReviewStatus.ReviewedManually
        )
        {
            return new Refusal(ErrorReason.ManualReviewStands, "statement.review_status");
        }

        return
            _answers.Count(answer => answer.Signal!.Owner == owner && IsRemembered(answer, now))
            < Limits.MaxRevisionsInMemory
            ? null
            : new Refusal(ErrorReason.TooManyRevisions, "", Limits.MaxRevisionsInMemory);
    }

    private FakeAnswer Put(Signal signal, ByteString id, ByteString content, DateTimeOffset now, Position position)
    {
        var place = Signals.FindIndex(other => other.Owner == signal.Owner);
        if (place < 0)
        {
            Signals.Add(signal);
        }
        else
        {
            Signals[place] = signal;
        }

        Position = position;
        _answers.RemoveAll(old => !IsRemembered(old, now));
        var answer = new FakeAnswer(signal, position, false, null, id, content, now);
        _answers.Add(answer);
        return answer;
    }

    private static bool IsRemembered(FakeAnswer answer, DateTimeOffset now) =>
        answer.At + Limits.SubmissionMemory > now;
}
