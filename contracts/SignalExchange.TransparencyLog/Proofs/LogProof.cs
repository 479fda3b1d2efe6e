using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Proofs;

/// <summary>A proof that one entry is in a log, to be verified without the log (C2SP tlog-proof).</summary>
/// <param name="Entry">The entry's bytes.</param>
/// <param name="SealedDetail">The entry's sealed detail, as it is stored; null if the proof comes without.</param>
/// <param name="Index">The entry's place in the log, from 0.</param>
/// <param name="Hashes">The inclusion proof.</param>
/// <param name="Note">The signed checkpoint, with the witnesses' signatures.</param>
public sealed record LogProof(
    ReadOnlyMemory<byte> Entry,
    ReadOnlyMemory<byte>? SealedDetail,
    long Index,
    IReadOnlyList<MerkleHash> Hashes,
    SignedNote Note
)
{
    /// <summary>Makes a proof of an entry.</summary>
    /// <param name="entry">The entry's bytes.</param>
    /// <param name="sealedDetail">Its sealed detail; null to leave it out.</param>
    /// <param name="index">Its place.</param>
    /// <param name="note">The checkpoint, whose size is above the index.</param>
    /// <param name="tree">The log's tree.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">The tree gives a proof that does not hold: it is not the checkpoint's.</exception>
    public static async Task<LogProof> MakeAsync(
        ReadOnlyMemory<byte> entry,
        ReadOnlyMemory<byte>? sealedDetail,
        long index,
        SignedNote note,
        ITreeReader tree,
        CancellationToken cancellationToken
    )
    {
        var size = Checkpoint.Of(note).Size;
        var hashes = await InclusionProof.MakeAsync(tree, index, size, cancellationToken).ConfigureAwait(false);
        var proof = new LogProof(entry, sealedDetail, index, hashes, note);
        return proof.IsIncluded()
            ? proof
            : throw new InvalidDataException($"The tree does not prove that entry {index} is in it at size {size}.");
    }

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static LogProof Parse(ReadOnlySpan<byte> bytes) => LogProofText.Parse(bytes);

    /// <summary>Verifies the proof.</summary>
    /// <param name="policy">Whose checkpoints are believed.</param>
    /// <returns>Whether it holds, and what the checkpoint is worth.</returns>
    public LogProofVerdict Verify(CheckpointPolicy policy) => new(policy.Judge(Note), IsIncluded());

    /// <summary>Returns the text of a <c>.tlog-proof</c> file.</summary>
    public byte[] ToBytes() => StrictText.Utf8.GetBytes(LogProofText.Format(this));

    private bool IsIncluded()
    {
        var checkpoint = Checkpoint.Of(Note);
        var leaf = MerkleHashing.HashLeaf(Entry.Span);
        return InclusionProof.Verify(leaf, Index, checkpoint.Size, checkpoint.Root, Hashes);
    }
}
