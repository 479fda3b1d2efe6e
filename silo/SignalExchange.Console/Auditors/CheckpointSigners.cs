using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.WebConsole.Auditors;

/// <summary>Who has signed a checkpoint, as far as it was verified here.</summary>
/// <remarks>Whoever can write a note can write a signature line with any name: a line that no known key verifies is counted, and never named.</remarks>
/// <param name="Log">The log's origin.</param>
/// <param name="IsByLog">Whether the log's key signed it.</param>
/// <param name="Witnesses">The witnesses that the exchange names whose signatures hold.</param>
/// <param name="Asked">How many witnesses the exchange names.</param>
/// <param name="Unknown">How many further lines there are.</param>
public sealed record CheckpointSigners(
    string Log,
    bool IsByLog,
    IReadOnlyList<VerifiedSignature> Witnesses,
    int Asked,
    int Unknown
)
{
    /// <summary>Verifies the signatures of a checkpoint.</summary>
    /// <param name="note">The checkpoint.</param>
    /// <param name="logKey">The key that signs the log's checkpoints.</param>
    /// <param name="witnessKeys">The keys of witnesses.</param>
    /// <exception cref="FormatException">It is no checkpoint, or one of the keys is none.</exception>
    public static CheckpointSigners Of(SignedNote note, string logKey, IReadOnlyCollection<string> witnessKeys)
    {
        var log = new CheckpointPolicy([VerifierKey.Parse(logKey)], [], 0).Judge(note);

        // Each by itself: a signature that is wrong says nothing of the others.
        var witnesses = witnessKeys
            .Select(VerifierKey.Parse)
            .Where(key => key.Kind is SignatureKind.Cosignature)
            .SelectMany(key => note.Verify([key]).Valid)
            .ToList();
        return new(
            log.Checkpoint.Origin,
            log.IsTrusted,
            witnesses,
            witnessKeys.Count,
            note.Signatures.Count - witnesses.Count - (log.IsTrusted ? 1 : 0)
        );
    }
}
