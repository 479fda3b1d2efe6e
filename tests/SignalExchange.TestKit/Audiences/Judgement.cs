using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>What a statement of a random world holds to be so, and what it lets others do.</summary>
/// <param name="Status">The judgement.</param>
/// <param name="Severity">How grave.</param>
/// <param name="Precision">How seldom the method is wrong.</param>
/// <param name="Permits">The most that others may do.</param>
public sealed record Judgement(SignalStatus Status, Severity Severity, Precision Precision, PermittedAction Permits)
{
    /// <summary>Gets whether it is established by what hardly ever errs; only such a statement may let others block.</summary>
    public bool IsSure => Status == SignalStatus.Confirmed && Precision == Precision.High;
}
