using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Submissions;

/// <summary>What became of one submission or withdrawal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Signal">The signal that it made or changed; default when it was refused.</param>
/// <param name="Revision">The signal's revision; 0 when it was refused.</param>
/// <param name="Position">Where that revision stands; null when it was refused.</param>
/// <param name="IsAlreadyKnown">Whether nothing was written, because the same was there.</param>
/// <param name="Refusal">Why not; null when it was accepted, which means durable.</param>
public sealed record SubmitOutcome(
    SubmissionId Id,
    SignalId Signal,
    uint Revision,
    Position? Position,
    bool IsAlreadyKnown,
    Refusal? Refusal
)
{
    /// <summary>Gets whether it is durable.</summary>
    public bool IsAccepted => Refusal is null;

    internal static SubmitOutcome Refused(SubmissionId id, Refusal refusal) =>
        new(id, default, 0, null, false, refusal);

    internal static SubmitOutcome From(SubmissionId id, SubmitResult result) =>
        result.Accepted is { } accepted
            ? new(
                id,
                SignalId.Read(accepted.SignalId.Span),
                accepted.Revision,
                accepted.Position,
                accepted.AlreadyKnown,
                null
            )
            : Refused(id, Contracts.Errors.Refusal.From(result.Error));

    internal static SubmitOutcome From(SubmissionId id, WithdrawResult result) =>
        result.Accepted is { } accepted
            ? new(
                id,
                SignalId.Read(accepted.SignalId.Span),
                accepted.Revision,
                accepted.Position,
                accepted.AlreadyKnown,
                null
            )
            : Refused(id, Contracts.Errors.Refusal.From(result.Error));
}
