using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>What became of an operator's act on a member.</summary>
/// <param name="Member">The member as it is now; null when it is not there yet.</param>
/// <param name="Pending">What waits for a second operator; null when the act is done.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed record MemberChange(Member? Member, Approval? Pending)
{
    /// <summary>Gets whether the act is done.</summary>
    public bool IsDone => Pending is null;
}
