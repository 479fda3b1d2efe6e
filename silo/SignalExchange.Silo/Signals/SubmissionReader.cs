using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.KeyService;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Silo.Signals;

/// <summary>Reads one submission of a batch: its form, its element, the rules of its statement, its audience.</summary>
internal sealed class SubmissionReader(IRotationVault vault, TimeProvider clock)
{
    /// <summary>Reads a submission.</summary>
    /// <returns>The draft to hand to the indicator, or why the submission is refused.</returns>
    public SubmissionDraft Read(Submission submission, KeyId keyId, Caller caller)
    {
        if (Refuse(submission, keyId, caller) is { } refusal)
        {
            return new(refusal);
        }

        var element = submission.Element.Span;
        var command = new SubmitCommand(
            caller,
            submission.SubmissionId.ToByteArray(),
            keyId.Type,
            keyId.ToString(),
            vault.Seal(keyId, element),
            submission.Statement
        );
        return new(TokenDerivation.FromElement(keyId, element), command);
    }

    private Refusal? Refuse(Submission submission, KeyId keyId, Caller caller)
    {
        if (MessageForms.Check(submission) is { } malformed)
        {
            return malformed;
        }

        if (!Ristretto.IsValidElement(submission.Element.Span))
        {
            return new Refusal(ErrorReason.ElementInvalid, "element");
        }

        return CheckStatement(submission.Statement, keyId.Type, caller);
    }

    /// <summary>Finds what stands against a statement whose fields have their forms.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="type">What kind of identifier it is about.</param>
    /// <param name="caller">Who states it.</param>
    /// <returns>The refusal, its path beginning at <c>statement</c>; null if there is none.</returns>
    public Refusal? CheckStatement(SignalStatement statement, IndicatorType type, Caller caller) =>
        StatementRules.Check(statement, type, clock.GetUtcNow())?.Within("statement")
        ?? CheckAudience(statement.Audience, caller);

    // One shares with groups one may use: so nobody finds out which other groups there are.
    private static Refusal? CheckAudience(Audience audience, Caller caller) =>
        audience.GroupIds.All(caller.UsableGroups.Contains)
            ? null
            : new Refusal(ErrorReason.AudienceNotYours, "statement.audience.group_ids");
}
