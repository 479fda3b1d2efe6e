using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Submissions;

/// <summary>An own signal to withdraw.</summary>
/// <param name="Identifier">The identifier; it never leaves the process.</param>
/// <param name="Reason">Why; not unspecified.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed record SignalWithdrawal(Identifier Identifier, RetractionReason Reason)
{
    /// <summary>Gets the withdrawal's id, the same on every retry.</summary>
    /// <value>The default is a new one. The exchange recognises it for seven days.</value>
    public SubmissionId Id { get; init; } = SubmissionId.NewId();
}
