using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Submissions;

/// <summary>An own signal to withdraw.</summary>
/// <param name="Identifier">The identifier.</param>
/// <param name="Reason">Why.</param>
public sealed record SignalWithdrawal(Identifier Identifier, RetractionReason Reason)
{
    /// <summary>Gets the withdrawal's id, the same on every retry.</summary>
    /// <value>The default is a new one.</value>
    public SubmissionId Id { get; init; } = SubmissionId.NewId();
}
