namespace SignalExchange.TransparencyLog.Notes;

/// <summary>What a checkpoint is worth.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Problem">Why it is not believed; <see cref="CheckpointProblem.None"/> if it is.</param>
/// <param name="Witnesses">How many trusted witnesses signed it.</param>
/// <param name="FirstWitnessed">The earliest time that one of them gives; null if none signed.</param>
public sealed record CheckpointVerdict(
    Checkpoint Checkpoint,
    CheckpointProblem Problem,
    int Witnesses,
    DateTimeOffset? FirstWitnessed
)
{
    /// <summary>Gets a value indicating whether the checkpoint is believed.</summary>
    public bool IsTrusted => Problem is CheckpointProblem.None;
}
