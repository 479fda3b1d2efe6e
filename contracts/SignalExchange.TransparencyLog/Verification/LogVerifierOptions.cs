using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>What a verification asks for.</summary>
public sealed record LogVerifierOptions
{
    /// <summary>Gets whose checkpoints are believed.</summary>
    public required CheckpointPolicy Policy { get; init; }

    /// <summary>Gets an older checkpoint that the log must continue; null for none.</summary>
    /// <value>Kept from an earlier verification. Its log signature is verified, too.</value>
    public SignedNote? Since { get; init; }

    /// <summary>Gets how details are compared with their entries; null to leave details alone. The default is null.</summary>
    /// <value>Not asked about bundles whose entries are not what their tile says: that is told already.</value>
    public IEntryCheck? EntryCheck { get; init; }

    /// <summary>Gets a value indicating whether details may be absent, as they are once they were erased.</summary>
    /// <value>They are counted either way. The default is true.</value>
    public bool AllowsShreddedDetails { get; init; } = true;

    /// <summary>Gets how many bundles are verified at once.</summary>
    /// <value>At least 1. The default is the number of processors.</value>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
