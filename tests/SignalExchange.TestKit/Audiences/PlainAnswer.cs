using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>What a verdict says as a whole.</summary>
/// <param name="Members">How many members it rests on.</param>
/// <param name="Corroborating">How many of them corroborate.</param>
/// <param name="Status">The status.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Permits">The most that the reader may do.</param>
public sealed record PlainAnswer(
    int Members,
    int Corroborating,
    VerdictStatus Status,
    Severity Severity,
    PermittedAction Permits
)
{
    /// <summary>Reads it from what was answered.</summary>
    public static PlainAnswer Of(Verdict verdict) =>
        new(
            (int)verdict.DistinctMembers,
            (int)verdict.CorroboratingMembers,
            verdict.Status,
            verdict.Severity,
            verdict.PermittedAction
        );
}
