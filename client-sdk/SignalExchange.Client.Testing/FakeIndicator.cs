using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Testing;

/// <summary>One indicator of a fake exchange: at most one signal a member, in revisions, and what was answered before.</summary>
internal sealed class FakeIndicator(IndicatorType type)
{
    private readonly Dictionary<string, Signal> _byOwner = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Owner, SubmissionId Id), SubmitOutcome> _answered = [];
    private ulong _sequence;

    public IEnumerable<Signal> Signals => _byOwner.Values;

    public EvaluatedIdentifier Name { get; } =
        new(
            new KeyId(type, 1, 0),
            new Token(RandomNumberGenerator.GetBytes(Token.Size)),
            RandomNumberGenerator.GetBytes(Token.Size)
        );

    public Position Position => new() { Shard = (uint)(Name.Token.Prefix >> 56), Sequence = _sequence };

    public SubmitOutcome Submit(SignalSubmission submission, Caller caller, DateTimeOffset now)
    {
        var owner = caller.Member.Value;
        if (_answered.TryGetValue((owner, submission.Id), out var first))
        {
            return first with { IsAlreadyKnown = true };
        }

        var own = _byOwner.GetValueOrDefault(owner);
        if (own is { State: SignalState.Active } && own.Statement.Equals(submission.Statement))
        {
            return OutcomeOf(submission.Id, own, isAlreadyKnown: true);
        }

        if (
            own is { State: SignalState.Active, Statement.ReviewStatus: ReviewStatus.ReviewedManually }
            && submission.Statement.ReviewStatus != ReviewStatus.ReviewedManually
        )
        {
            return Refused(submission.Id, new Refusal(ErrorReason.ManualReviewStands, "statement.review_status"));
        }

        return Put(owner, submission.Id, Revise(own, owner, submission.Statement.Clone(), now));
    }

    public SubmitOutcome Withdraw(SignalWithdrawal withdrawal, Caller caller, DateTimeOffset now)
    {
        var owner = caller.Member.Value;
        if (_byOwner.GetValueOrDefault(owner) is not { } own)
        {
            return Refused(withdrawal.Id, new Refusal(ErrorReason.SignalNotFound));
        }

        if (own.State == SignalState.Retracted)
        {
            return OutcomeOf(withdrawal.Id, own, isAlreadyKnown: true);
        }

        var signal = own.Clone();
        signal.Revision++;
        signal.State = SignalState.Retracted;
        signal.RetractionReason = withdrawal.Reason;
        signal.ModifiedAt = now.ToTimestamp();
        return Put(owner, withdrawal.Id, signal);
    }

    public static SubmitOutcome Refused(SubmissionId id, Refusal refusal) => new(id, default, 0, null, false, refusal);

    private Signal Revise(Signal? own, string owner, SignalStatement statement, DateTimeOffset now) =>
        new()
        {
            SignalId = own?.SignalId ?? SignalId.NewId().ToByteString(),
            Owner = owner,
            Type = type,
            Statement = statement,
            Revision = (own?.Revision ?? 0) + 1,
            State = SignalState.Active,
            SubmittedAt = own?.SubmittedAt ?? now.ToTimestamp(),
            ModifiedAt = now.ToTimestamp(),
        };

    private SubmitOutcome Put(string owner, SubmissionId id, Signal signal)
    {
        _byOwner[owner] = signal;
        _sequence++;
        return _answered[(owner, id)] = OutcomeOf(id, signal, isAlreadyKnown: false);
    }

    private SubmitOutcome OutcomeOf(SubmissionId id, Signal signal, bool isAlreadyKnown) =>
        new(id, SignalId.Read(signal.SignalId.Span), signal.Revision, Position, isAlreadyKnown, null);
}
