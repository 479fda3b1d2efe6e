using System.Globalization;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>A log's head: how many entries it has and the root of their tree (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">The name of the log.</param>
/// <param name="Size">The number of entries, from 0.</param>
/// <param name="Root">The root of the tree.</param>
/// <remarks>Extension lines are refused: our logs write none, no monitor can audit them, and nothing would look at them.</remarks>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>Reads the text of a note as a checkpoint.</summary>
    /// <param name="text">Three lines.</param>
    /// <exception cref="FormatException">It is no checkpoint, or has extension lines.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length > 4)
        {
            throw new FormatException($"A checkpoint has three lines and no extension lines, got {lines.Length - 1}.");
        }

        return
            lines is [{ Length: > 0 } origin, var size, var root, ""]
            && StrictText.TryParseNumber(size, out var number)
            && MerkleHash.TryParse(root, out var hash)
            ? new Checkpoint(origin, number, hash)
            : throw new FormatException("A checkpoint is a line of origin, one of size and one of the root in base64.");
    }

    /// <summary>Reads a signed note as a checkpoint. Its signatures are not verified.</summary>
    /// <param name="note">The note.</param>
    /// <exception cref="FormatException">Its text is no checkpoint.</exception>
    public static Checkpoint Of(SignedNote note) => Parse(note.Text);

    /// <summary>Signs the checkpoint.</summary>
    /// <param name="signer">The log's key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<SignedNote> SignAsync(INoteSigner signer, CancellationToken cancellationToken)
    {
        var note = new SignedNote(ToString(), []);
        return note.With(await signer.SignAsync(note.TextBytes(), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the text that is signed: three lines.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");
}
