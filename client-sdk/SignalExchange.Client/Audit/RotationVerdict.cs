namespace SignalExchange.Client.Audit;

/// <summary>What the verification of a key rotation found.</summary>
public enum RotationVerdict
{
    /// <summary>Every row went from the one key to the other by the same delta, none swapped.</summary>
    Valid,

    /// <summary>The file is none of a rotation, or is cut short.</summary>
    Malformed,

    /// <summary>The two keys are not two of one type, one after the other, or an id is not that of its public key.</summary>
    KeysUnfit,

    /// <summary>A batch's proof does not hold: a row got another delta, or was swapped.</summary>
    ProofInvalid,

    /// <summary>There are other batches or rows than the exchange says.</summary>
    CountDiffers,

    /// <summary>The batches have another root than the exchange says, or than the one that was expected.</summary>
    RootDiffers,
}
