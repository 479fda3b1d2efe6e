using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Proofs;

/// <summary>What a proof shows.</summary>
/// <param name="Checkpoint">What its checkpoint is worth.</param>
/// <param name="IsIncluded">Whether the entry is at its place in the checkpoint's tree.</param>
public sealed record LogProofVerdict(CheckpointVerdict Checkpoint, bool IsIncluded)
{
    /// <summary>Gets a value indicating whether the entry is in a log that is believed.</summary>
    public bool IsProven => IsIncluded && Checkpoint.IsTrusted;
}
