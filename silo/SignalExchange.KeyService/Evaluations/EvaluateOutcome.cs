using System.Diagnostics.CodeAnalysis;
using SignalExchange.Contracts.Errors;
using SignalExchange.Tokens;

namespace SignalExchange.KeyService.Evaluations;

/// <summary>An evaluation, or why there is none.</summary>
/// <remarks>
/// Refused with <c>BATCH_EMPTY</c>, <c>TOO_MANY</c>, <c>FIELD_MALFORMED</c>, <c>KEY_UNKNOWN</c>, <c>KEY_RETIRED</c>,
/// <c>ELEMENT_INVALID</c> (its place, from 0, is <see cref="Refusal.Actual"/>) or <c>EVALUATE_QUEUE_FULL</c>. Immutable; safe from any
/// thread.
/// </remarks>
public sealed class EvaluateOutcome
{
    private EvaluateOutcome(Evaluation? evaluation, Refusal? refusal)
    {
        Evaluation = evaluation;
        Refusal = refusal;
    }

    /// <summary>Gets whether there is an evaluation.</summary>
    [MemberNotNullWhen(true, nameof(Evaluation))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsEvaluated => Evaluation is not null;

    /// <summary>Gets the evaluated elements and their proof; null if refused.</summary>
    public Evaluation? Evaluation { get; }

    /// <summary>Gets why nothing was evaluated; null if it was.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Makes the outcome of a batch that was evaluated.</summary>
    public static EvaluateOutcome Of(Evaluation evaluation) => new(evaluation, null);

    /// <summary>Makes the outcome of a batch that was not.</summary>
    public static EvaluateOutcome Refused(Refusal refusal) => new(null, refusal);
}
