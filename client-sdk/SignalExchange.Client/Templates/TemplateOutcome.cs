using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client.Templates;

/// <summary>What became of a registration or growth.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Template">The template; keep it beside the ad: it is what growth and withdrawal refer to. Default when it was refused.</param>
/// <param name="Signal">This member's signal on it; default when it was refused.</param>
/// <param name="Revision">The signal's revision, from 1; 0 when it was refused.</param>
/// <param name="Position">Where that revision stands; null when it was refused.</param>
/// <param name="IsAlreadyKnown">Whether nothing was written, because the same was there.</param>
/// <param name="Refusal">Why the exchange refused it; null when it did not.</param>
/// <param name="TextRefusal">Why the text cannot be a template; null when it can.</param>
/// <remarks>Immutable as far as its messages are left alone; safe from any thread. Holds nothing of the ad.</remarks>
public sealed record TemplateOutcome(
    SubmissionId Id,
    TemplateId Template,
    SignalId Signal,
    uint Revision,
    Position? Position,
    bool IsAlreadyKnown,
    Refusal? Refusal,
    AdRefusal? TextRefusal
)
{
    /// <summary>Gets whether it is durable.</summary>
    public bool IsAccepted => Refusal is null && TextRefusal is null;

    /// <summary>Gets whether it was refused for a reason that passes by itself. Send the same again later, with the same id.</summary>
    public bool IsTransient => Refusal is { } refusal && TransientReasons.Contains(refusal.Reason);

    internal static TemplateOutcome Refused(SubmissionId id, Refusal refusal) =>
        new(id, default, default, 0, null, false, refusal, null);

    internal static TemplateOutcome Refused(SubmissionId id, AdRefusal refusal) =>
        new(id, default, default, 0, null, false, null, refusal);

    internal static TemplateOutcome From(SubmissionId id, TemplateResult result) =>
        result.Accepted is { } accepted
            ? new(
                id,
                TemplateId.Read(accepted.TemplateId.Span),
                SignalId.Read(accepted.SignalId.Span),
                accepted.Revision,
                accepted.Position,
                accepted.AlreadyKnown,
                null,
                null
            )
            : Refused(id, Contracts.Errors.Refusal.From(result.Error));
}
