using System.Globalization;
using System.Text;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>What a log sends to a witness: <c>add-checkpoint</c> of C2SP tlog-witness.</summary>
/// <param name="OldSize">The size that the log believes the witness saw last; 0 for none.</param>
/// <param name="Proof">That the tree of the checkpoint begins with the tree of that size.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<MerkleHash> Proof, SignedNote Note)
{
    /// <summary>The most bytes that are read of a request.</summary>
    public const int MaxBytes = SignedNote.MaxBytes;

    private const string Start = "old ";

    /// <summary>Reads a request.</summary>
    /// <param name="bytes">The body.</param>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> bytes)
    {
        var text = StrictText.Decode(bytes, MaxBytes, "A request");
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !text.StartsWith(Start, StringComparison.Ordinal))
        {
            throw new FormatException(
                "A request is a line of the old size, proof lines, an empty line and a checkpoint."
            );
        }

        var lines = text[..split].Split('\n');
        if (!StrictText.TryParseNumber(lines[0].AsSpan(Start.Length), out var oldSize))
        {
            throw new FormatException("The old size is a decimal number without leading zeros.");
        }

        if (lines.Length - 1 > ConsistencyProof.MaxHashes)
        {
            throw new FormatException(
                $"A proof has at most {ConsistencyProof.MaxHashes} lines, got {lines.Length - 1}."
            );
        }

        var note = SignedNote.Parse(StrictText.Utf8.GetBytes(text[(split + 2)..]));
        return new AddCheckpointRequest(oldSize, [.. lines.Skip(1).Select(ParseHash)], note);
    }

    /// <summary>Returns the body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Start}{OldSize}\n");
        foreach (var hash in Proof)
        {
            text.Append(hash).Append('\n');
        }

        return StrictText.Utf8.GetBytes(text.Append('\n').Append(Note).ToString());
    }

    private static MerkleHash ParseHash(string line) =>
        MerkleHash.TryParse(line, out var hash) ? hash : throw new FormatException("A proof line is a hash in base64.");
}
