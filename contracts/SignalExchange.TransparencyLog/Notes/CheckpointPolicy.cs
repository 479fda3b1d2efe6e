namespace SignalExchange.TransparencyLog.Notes;

/// <summary>Whose signatures make a checkpoint worth believing.</summary>
/// <param name="LogKeys">Keys of logs. A checkpoint needs one whose name is the checkpoint's origin.</param>
/// <param name="WitnessKeys">Keys of witnesses.</param>
/// <param name="Quorum">How many of the witnesses must have signed; from 0.</param>
public sealed record CheckpointPolicy(
    IReadOnlyList<VerifierKey> LogKeys,
    IReadOnlyList<VerifierKey> WitnessKeys,
    int Quorum
)
{
    /// <summary>Judges a checkpoint.</summary>
    /// <param name="note">The signed note.</param>
    /// <exception cref="FormatException">Its text is no checkpoint.</exception>
    /// <exception cref="ArgumentException">Two different keys have one name and one id.</exception>
    public CheckpointVerdict Judge(SignedNote note)
    {
        var checkpoint = Checkpoint.Of(note);
        var logKeys = LogKeys.Where(key => key.Kind is SignatureKind.Ed25519 && key.Name == checkpoint.Origin);
        var witnessKeys = WitnessKeys.Where(key => key.Kind is SignatureKind.Cosignature);
        var log = note.Verify(logKeys);
        var witnesses = note.Verify(witnessKeys);

        // Whoever is configured under two names is one witness still.
        var count = witnesses.Valid.DistinctBy(it => Convert.ToHexString(it.Key.PublicKey.Span)).Count();
        var problem = (log, witnesses) switch
        {
            ({ Forged: not null }, _) or (_, { Forged: not null }) => CheckpointProblem.SignatureWrong,
            ({ IsSigned: false }, _) => CheckpointProblem.NotSignedByLog,
            _ when count < Quorum => CheckpointProblem.TooFewWitnesses,
            _ => CheckpointProblem.None,
        };
        return new CheckpointVerdict(checkpoint, problem, count, witnesses.Valid.Select(it => it.Time).Min());
    }
}
