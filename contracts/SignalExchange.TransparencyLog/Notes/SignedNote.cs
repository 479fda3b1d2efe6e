using System.Text;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>A text with signature lines (C2SP signed-note).</summary>
/// <param name="Text">The text, with its last newline: what is signed.</param>
/// <param name="Signatures">The signatures, of known keys and others, in their order; none of them is verified yet.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The most bytes of a note.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>The most signatures of a note.</summary>
    public const int MaxSignatures = 100;

    /// <summary>Reads a note.</summary>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="FormatException">It is no signed note, or too long; the message says why.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        var note = StrictText.Decode(bytes, MaxBytes, "A note");

        // The text may contain empty lines, signatures cannot: the last empty line parts them.
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || note[^1] != '\n')
        {
            throw new FormatException("A note is a text, an empty line and signature lines, each ended by a newline.");
        }

        var lines = note[(split + 2)..^1].Split('\n');
        return lines.Length <= MaxSignatures
            ? new SignedNote(note[..(split + 1)], [.. lines.Select(NoteSignature.Parse)])
            : throw new FormatException($"A note has at most {MaxSignatures} signatures, got {lines.Length}.");
    }

    /// <summary>Returns the bytes that are signed.</summary>
    public byte[] TextBytes() => StrictText.Utf8.GetBytes(Text);

    /// <summary>Returns the note with a signature more; one of the same key is replaced, at the end.</summary>
    /// <param name="signature">The signature.</param>
    public SignedNote With(NoteSignature signature) =>
        this with
        {
            Signatures =
            [
                .. Signatures.Where(it => it.Name != signature.Name || it.KeyId != signature.KeyId),
                signature,
            ],
        };

    /// <summary>Returns all of it, as it is published.</summary>
    public byte[] ToBytes() => StrictText.Utf8.GetBytes(ToString());

    /// <summary>Returns all of it, as it is published.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            text.Append(signature).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Verifies the signatures of keys that are trusted, and ignores all others.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>What they say. A note on which a trusted key's signature is wrong says nothing at all.</returns>
    /// <exception cref="ArgumentException">Two different keys have one name and one id.</exception>
    public NoteVerdict Verify(IEnumerable<VerifierKey> keys)
    {
        var text = TextBytes();
        var valid = new List<VerifiedSignature>();
        foreach (var key in keys.Distinct().ToDictionary(key => (key.Name, key.Id)).Values)
        {
            // A key that signs twice counts once, by its first line (as sumdb/note has it).
            if (Signatures.FirstOrDefault(it => it.IsOf(key)) is not { } signature)
            {
                continue;
            }

            if (!key.Verify(text, signature.Bytes.Span, out var time))
            {
                return new NoteVerdict([], key);
            }

            valid.Add(new VerifiedSignature(key, time));
        }

        return new NoteVerdict(valid, null);
    }
}
