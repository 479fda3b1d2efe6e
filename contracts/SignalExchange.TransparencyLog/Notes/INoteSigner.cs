namespace SignalExchange.TransparencyLog.Notes;

/// <summary>Signs notes: with a key in this process, or by asking whoever holds it.</summary>
public interface INoteSigner
{
    /// <summary>Gets the key that verifies what it signs.</summary>
    VerifierKey VerifierKey { get; }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The text of the note, with its last newline.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<NoteSignature> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}
