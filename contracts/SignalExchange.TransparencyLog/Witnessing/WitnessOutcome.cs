namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>What became of a checkpoint that was offered to a witness.</summary>
public enum WitnessOutcome
{
    /// <summary>The witness signed it, and the signature is right.</summary>
    Signed,

    /// <summary>The witness refused it, or answered what is no answer.</summary>
    Refused,

    /// <summary>The witness has signed a larger tree: this log has lost entries, or somebody else writes it.</summary>
    Ahead,

    /// <summary>The witness was not reached, or failed.</summary>
    Unreachable,
}
