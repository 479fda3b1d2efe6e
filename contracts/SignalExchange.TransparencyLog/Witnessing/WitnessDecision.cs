namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>What a witness does about a checkpoint. The number is the HTTP status that says so.</summary>
public enum WitnessDecision
{
    /// <summary>Sign it.</summary>
    Sign = 200,

    /// <summary>Refuse: it is no request, or states an old size above the new.</summary>
    Malformed = 400,

    /// <summary>Refuse: no trusted key of the log signed it, or a signature is wrong.</summary>
    NotSignedByLog = 403,

    /// <summary>Refuse: the log is none that this witness looks after.</summary>
    UnknownLog = 404,

    /// <summary>Refuse: the witness saw another size last. The answer tells which.</summary>
    OldSizeDiffers = 409,

    /// <summary>Refuse: it is not proven that nothing was changed. If the signature is right, the log has lied.</summary>
    Inconsistent = 422,
}
