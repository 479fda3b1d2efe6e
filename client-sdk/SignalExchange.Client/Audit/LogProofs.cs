using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.Client.Audit;

/// <summary>Reads proofs as the exchange sends them.</summary>
public static class LogProofs
{
    /// <summary>Reads a proof. It is not verified: see <see cref="LogProof.Verify"/>.</summary>
    /// <exception cref="FormatException">The checkpoint is none.</exception>
    public static LogProof Read(GetProofResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new(
            response.Leaf.ToByteArray(),
            null,
            (long)response.Index,
            [.. response.Hashes.ToByteArray().Chunk(MerkleHash.Size).Select(hash => new MerkleHash(hash))],
            SignedNote.Parse(Encoding.UTF8.GetBytes(response.Checkpoint))
        );
    }
}
