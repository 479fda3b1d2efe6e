using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Submissions;

/// <summary>Something to say about an identifier.</summary>
/// <param name="Identifier">The identifier; it never leaves the process.</param>
/// <param name="Statement">What is said; not to be changed any more.</param>
public sealed record SignalSubmission(Identifier Identifier, SignalStatement Statement)
{
    /// <summary>Gets the submission's id, the same on every retry; keep it to submit the same again after a crash.</summary>
    /// <value>The default is a new one.</value>
    public SubmissionId Id { get; init; } = SubmissionId.NewId();
}
