namespace SignalExchange.Grains.Members;

/// <summary>That an operator approves an act, as it was shown.</summary>
/// <param name="ApprovalId">Which, 16 bytes.</param>
/// <param name="ShownDigest">The digest of what the operator was shown, 32 bytes; empty if it did not say.</param>
/// <param name="CodeDigest">The digest of the approver's half of a one-time code, 32 bytes; used if the act gives one.</param>
/// <param name="OperatorKey">The key or account of the operator.</param>
[GenerateSerializer]
[Alias("signalexchange.consent")]
public sealed record Consent(
    [property: Id(0)] byte[] ApprovalId,
    [property: Id(1)] byte[] ShownDigest,
    [property: Id(2)] byte[] CodeDigest,
    [property: Id(3)] string OperatorKey
);
