using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Somebody outside who signs that the log only grows: https://c2sp.org/tlog-witness.</summary>
public interface ICheckpointWitness
{
    /// <summary>Gets the name of its key.</summary>
    string Name { get; }

    /// <summary>Asks for its signature.</summary>
    /// <param name="checkpoint">The checkpoint, signed by the log.</param>
    /// <param name="tree">The log's tree, at least as large, to prove with what the witness asks for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its signature, which was verified with its key.</returns>
    /// <remarks>Anything thrown counts as no signature; the log goes on.</remarks>
    Task<NoteSignature> CosignAsync(SignedNote checkpoint, ITreeReader tree, CancellationToken cancellationToken);
}
