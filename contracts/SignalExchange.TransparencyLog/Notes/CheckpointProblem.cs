namespace SignalExchange.TransparencyLog.Notes;

/// <summary>Why a checkpoint is not believed.</summary>
public enum CheckpointProblem
{
    /// <summary>It is.</summary>
    None,

    /// <summary>A signature that bears a trusted key's name and id is not that key's.</summary>
    SignatureWrong,

    /// <summary>No trusted key of that log signed it.</summary>
    NotSignedByLog,

    /// <summary>Fewer witnesses signed it than are asked for.</summary>
    TooFewWitnesses,
}
