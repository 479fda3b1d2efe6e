using System.Buffers;
using System.Globalization;
using System.Text;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Proofs;

/// <summary>The text of a proof: C2SP tlog-proof, the entry and its sealed detail in the line <c>extra</c>.</summary>
/// <remarks>
/// <code>
/// c2sp.org/tlog-proof@v1
/// extra base64(uint16 length, entry, then with a detail: uint32 length, sealed detail)
/// index 73894
/// base64(hash), one a line, from the leaf's sibling up
///
/// the checkpoint, verbatim
/// </code>
/// The framing inside <c>extra</c> is that of the bundles. Nothing in it is believed: the entry is what hashes to the root.
/// </remarks>
internal static class LogProofText
{
    private const string Head = "c2sp.org/tlog-proof@v1";
    private const string ExtraStart = "extra ";
    private const string IndexStart = "index ";

    // An entry and a detail in base64, the hashes, and the checkpoint.
    private const int MaxBytes =
        SignedNote.MaxBytes + ((EntryBundle.MaxEntryBytes + DetailBundle.MaxDetailBytes) / 3 * 4) + 4096;

    public static string Format(LogProof proof)
    {
        var extra = new ArrayBufferWriter<byte>();
        EntryBundle.Write(extra, proof.Entry.Span);
        if (proof.SealedDetail is { } detail)
        {
            DetailBundle.Write(extra, detail.Span);
        }

        var text = new StringBuilder()
            .Append(Head)
            .Append('\n')
            .Append(ExtraStart)
            .Append(Convert.ToBase64String(extra.WrittenSpan))
            .Append(CultureInfo.InvariantCulture, $"\n{IndexStart}{proof.Index}\n");
        foreach (var hash in proof.Hashes)
        {
            text.Append(hash).Append('\n');
        }

        return text.Append('\n').Append(proof.Note).ToString();
    }

    public static LogProof Parse(ReadOnlySpan<byte> bytes)
    {
        var text = StrictText.Decode(bytes, MaxBytes, "A proof");
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = split < 0 ? [] : text[..split].Split('\n');
        if (
            lines is not [Head, var extra, var index, .. var hashes]
            || !extra.StartsWith(ExtraStart, StringComparison.Ordinal)
            || !StrictText.TryParseBase64(extra.AsSpan(ExtraStart.Length), out var framed)
            || !index.StartsWith(IndexStart, StringComparison.Ordinal)
            || !StrictText.TryParseNumber(index.AsSpan(IndexStart.Length), out var number)
            || hashes.Length > ConsistencyProof.MaxHashes
        )
        {
            throw new FormatException($"A proof begins with '{Head}', a line extra, a line index and hashes.");
        }

        var note = SignedNote.Parse(StrictText.Utf8.GetBytes(text[(split + 2)..]));
        _ = Checkpoint.Of(note);
        var (entry, detail) = ReadExtra(framed);
        return new LogProof(entry, detail, number, [.. hashes.Select(ParseHash)], note);
    }

    // Not "array or null": a null array would become an empty detail on its way into the record.
    private static (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte>? Detail) ReadExtra(byte[] framed)
    {
        ReadOnlySpan<byte> rest = framed;
        var isEntry = EntryBundle.TryRead(ref rest, out var entry);
        ReadOnlyMemory<byte>? detail = DetailBundle.TryRead(ref rest, out var bytes)
            ? new ReadOnlyMemory<byte>(bytes.ToArray())
            : default(ReadOnlyMemory<byte>?);
        return isEntry && rest.IsEmpty
            ? (entry.ToArray(), detail)
            : throw new FormatException("The line extra holds an entry and at most one detail, each with its length.");
    }

    private static MerkleHash ParseHash(string line) =>
        MerkleHash.TryParse(line, out var hash)
            ? hash
            : throw new FormatException("A line of the proof is a hash in base64.");
}
