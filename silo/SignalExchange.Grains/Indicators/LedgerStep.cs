using Google.Protobuf;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Indicators;

/// <summary>What a command comes to: a new state to write, an answer known already, or a refusal.</summary>
/// <param name="Next">The state to write; null when there is nothing to write.</param>
/// <param name="SignalId">The signal concerned; empty with a refusal.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Sequence">Where that revision stands; 0 until <paramref name="Next"/> is written.</param>
/// <param name="Refusal">Why not.</param>
internal readonly record struct LedgerStep(
    IndicatorState? Next,
    ByteString SignalId,
    uint Revision,
    long Sequence,
    Refusal? Refusal
)
{
    public static LedgerStep Changed(IndicatorState next, Signal signal) =>
        new(next, signal.SignalId, signal.Revision, 0, null);

    public static LedgerStep Known(ByteString signalId, uint revision, long sequence) =>
        new(null, signalId, revision, sequence, null);

    public static LedgerStep Refused(Refusal refusal) => new(null, ByteString.Empty, 0, 0, refusal);

    /// <summary>Returns the answer to a submission whose step was written, or needed no writing.</summary>
    /// <param name="position">Where the revision stands.</param>
    public SubmitResult ToSubmitResult(Position position) =>
        new()
        {
            Accepted = new SubmitAccepted
            {
                SignalId = SignalId,
                Revision = Revision,
                Position = position,
                AlreadyKnown = Next is null,
            },
        };
}
