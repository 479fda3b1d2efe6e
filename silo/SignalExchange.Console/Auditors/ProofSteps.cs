using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.WebConsole.Auditors;

/// <summary>An inclusion proof, verified here step by step by the verifier's own code, and ready to be drawn.</summary>
/// <param name="Leaf">The hash of the entry.</param>
/// <param name="Steps">From the leaf up: what it is joined with, on which side, and what comes out.</param>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="IsIncluded">Whether the last hash is the root that was signed.</param>
/// <param name="Signers">Who signed that root.</param>
internal sealed record ProofSteps(
    string Leaf,
    IReadOnlyList<ProofStep> Steps,
    Checkpoint Checkpoint,
    bool IsIncluded,
    CheckpointSigners Signers
)
{
    /// <summary>Verifies a proof.</summary>
    /// <param name="proof">What the exchange sent.</param>
    /// <param name="keys">The keys of the log and its witnesses.</param>
    /// <exception cref="FormatException">It is no proof.</exception>
    public static ProofSteps Of(GetProofResponse proof, GetCheckpointResponse keys)
    {
        var hashes = proof.Hashes.ToByteArray().Chunk(MerkleHash.Size).Select(hash => new MerkleHash(hash)).ToList();
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(proof.Checkpoint));
        var read = new LogProof(proof.Leaf.ToByteArray(), null, (long)proof.Index, hashes, note);
        var verdict = read.Verify(new CheckpointPolicy([VerifierKey.Parse(keys.LogKey)], [], 0));
        var checkpoint = Checkpoint.Of(note);
        var leaf = MerkleHashing.HashLeaf(proof.Leaf.Span);
        return new(
            leaf.ToString(),
            Climb(leaf, (long)proof.Index, checkpoint.Size, hashes),
            checkpoint,
            verdict.IsIncluded,
            CheckpointSigners.Of(note, keys.LogKey, keys.WitnessKeys)
        );
    }

    // The walk of InclusionProof.Verify (RFC 9162 section 2.1.3.2), which decides; this one shows.
    private static List<ProofStep> Climb(MerkleHash leaf, long index, long size, List<MerkleHash> siblings)
    {
        var steps = new List<ProofStep>(siblings.Count);
        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var sibling in siblings)
        {
            var isRight = (fn & 1) == 1 || fn == sn;
            hash = isRight ? MerkleHashing.HashNode(sibling, hash) : MerkleHashing.HashNode(hash, sibling);
            steps.Add(new(sibling.ToString(), isRight, hash.ToString()));
            while (isRight && (fn & 1) == 0 && fn != 0)
            {
                (fn, sn) = (fn >> 1, sn >> 1);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return steps;
    }
}
