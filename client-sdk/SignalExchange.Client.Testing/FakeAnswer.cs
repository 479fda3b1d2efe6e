using Google.Protobuf;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>What became of a submission or withdrawal, and what it was, so that a retry gets the same answer.</summary>
internal sealed record FakeAnswer(
    Signal? Signal,
    Position? Position,
    bool IsAlreadyKnown,
    Refusal? Refusal,
    ByteString SubmissionId,
    ByteString Content,
    DateTimeOffset At
)
{
    public static FakeAnswer Known(Signal signal, Position position) =>
        new(signal, position, true, null, ByteString.Empty, ByteString.Empty, default);

    public static FakeAnswer Refused(Refusal refusal) =>
        new(null, null, false, refusal, ByteString.Empty, ByteString.Empty, default);

    public SubmitResult ToSubmitResult() =>
        Refusal is { } refusal
            ? new SubmitResult { Error = refusal.ToItemError() }
            : new SubmitResult
            {
                Accepted = new SubmitAccepted
                {
                    SignalId = Signal!.SignalId,
                    Revision = Signal.Revision,
                    Position = Position,
                    AlreadyKnown = IsAlreadyKnown,
                },
            };

    public WithdrawResult ToWithdrawResult() =>
        Refusal is { } refusal
            ? new WithdrawResult { Error = refusal.ToItemError() }
            : new WithdrawResult
            {
                Accepted = new WithdrawAccepted
                {
                    SignalId = Signal!.SignalId,
                    Revision = Signal.Revision,
                    Position = Position,
                    AlreadyKnown = IsAlreadyKnown,
                },
            };
}
