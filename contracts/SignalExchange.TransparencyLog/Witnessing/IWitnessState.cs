using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>What a witness remembers: of each log, the checkpoint that it signed last.</summary>
public interface IWitnessState
{
    /// <summary>Gets the checkpoints, with the log's and the witness's signatures.</summary>
    IReadOnlyCollection<SignedNote> Checkpoints { get; }

    /// <summary>Remembers a checkpoint in place of the log's last one.</summary>
    /// <param name="note">The checkpoint, signed by the log and by the witness.</param>
    /// <remarks>Durable when it returns: a witness that forgets what it signed can be made to sign its opposite.</remarks>
    void Save(SignedNote note);
}
