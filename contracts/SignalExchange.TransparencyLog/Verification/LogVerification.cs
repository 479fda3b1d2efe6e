using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Checkpoint">The checkpoint and what it is worth; null if there was none to read.</param>
/// <param name="Note">The checkpoint with its signatures: keep it for the next verification. Null if there was none to read.</param>
/// <param name="Root">The root that the entries give; null if none were read.</param>
/// <param name="DetailsVerified">How many details are the ones that their entries commit to.</param>
/// <param name="DetailsShredded">How many details are absent.</param>
/// <param name="Findings">What is wrong: at most 20 of each kind, those about an entry first, by its place.</param>
/// <param name="FindingCount">How many things are wrong in all.</param>
public sealed record LogVerification(
    CheckpointVerdict? Checkpoint,
    SignedNote? Note,
    MerkleHash? Root,
    long DetailsVerified,
    long DetailsShredded,
    IReadOnlyList<LogFinding> Findings,
    long FindingCount
)
{
    /// <summary>Gets a value indicating whether nothing is wrong.</summary>
    public bool IsIntact => FindingCount == 0 && Root is not null && Root == Checkpoint?.Checkpoint.Root;
}
