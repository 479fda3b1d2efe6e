using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>When a witness signs: only what is proven to continue what it signed last (C2SP tlog-witness).</summary>
public static class WitnessRule
{
    /// <summary>Judges a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="last">The checkpoint of that log that the witness signed last; null if it never signed one.</param>
    /// <param name="logKeys">The keys of the logs that it looks after.</param>
    /// <returns>What to do.</returns>
    /// <remarks>Pure. The order of the checks is that of the specification.</remarks>
    /// <exception cref="FormatException">The request's note is no checkpoint.</exception>
    public static WitnessDecision Judge(
        AddCheckpointRequest request,
        Checkpoint? last,
        IEnumerable<VerifierKey> logKeys
    )
    {
        var checkpoint = Checkpoint.Of(request.Note);
        var keys = logKeys.Where(key => key.Kind is SignatureKind.Ed25519 && key.Name == checkpoint.Origin).ToList();
        if (keys.Count == 0)
        {
            return WitnessDecision.UnknownLog;
        }

        if (!request.Note.Verify(keys).IsSigned)
        {
            return WitnessDecision.NotSignedByLog;
        }

        if (request.OldSize > checkpoint.Size)
        {
            return WitnessDecision.Malformed;
        }

        if (request.OldSize != (last?.Size ?? 0))
        {
            return WitnessDecision.OldSizeDiffers;
        }

        var oldRoot = last?.Root ?? MerkleHashing.EmptyRoot;
        return ConsistencyProof.Verify(request.OldSize, oldRoot, checkpoint.Size, checkpoint.Root, request.Proof)
            ? WitnessDecision.Sign
            : WitnessDecision.Inconsistent;
    }
}
