using Google.Protobuf;
using Grpc.Core;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Proofs;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.Silo.Audit;

// Proofs: what an auditor checks the whole log by, and a member what it was told.
internal sealed partial class AuditGrpcService
{
    public override async Task<GetProofResponse> GetProof(GetProofRequest request, ServerCallContext context)
    {
        Require.Form(request);
        if (ProofQuestions.Check(request, reader.Size, prover.PublishedSize) is { } refusal)
        {
            throw refusal.ToRpcException();
        }

        var entry = await ReadFor(context.GetCaller(), (long)request.Index, context.CancellationToken);
        var proof =
            await prover.ProveEntryAsync(entry.Index, context.CancellationToken)
            ?? throw new Refusal(ErrorReason.ProofNotYet, "index", prover.PublishedSize, entry.Index).ToRpcException();
        return new()
        {
            Index = request.Index,
            Leaf = UnsafeByteOperations.UnsafeWrap(proof.Entry),
            Hashes = Packed(proof.Hashes),
            Checkpoint = proof.Note.ToString(),
            // Protobuf writes what it read in the same bytes, since it wrote them itself: the leaf's digest is that of these.
            Detail = entry.Detail?.ToByteString() ?? ByteString.Empty,
        };
    }

    public override async Task<GetConsistencyResponse> GetConsistency(
        GetConsistencyRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var published = prover.PublishedSize;
        if (ProofQuestions.Check(request, published) is { } refusal)
        {
            throw refusal.ToRpcException();
        }

        var (from, to) = ((long)request.FromSize, request.ToSize == 0 ? published : (long)request.ToSize);
        var hashes = await prover.ProveConsistencyAsync(from, to, context.CancellationToken);
        return new()
        {
            FromSize = (ulong)from,
            ToSize = (ulong)to,
            Hashes = Packed(hashes),
        };
    }

    public override async Task<GetCheckpointResponse> GetCheckpoint(
        GetCheckpointRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new()
        {
            Checkpoint = await checkpoints.NewestAsync(context.CancellationToken),
            LogKey = prover.VerifierKey,
            ManifestKey = manifests.VerifierKey,
            WitnessKeys = { log.Value.Witnesses.Select(witness => witness.VerifierKey) },
        };
    }

    // Whoever was not told an entry's index must not learn from it when somebody else called.
    private async Task<LoggedEntry> ReadFor(CallerIdentity caller, long index, CancellationToken cancellationToken)
    {
        await foreach (var entry in reader.ReadAsync(index, 1, cancellationToken))
        {
            if (caller.Role == KeyRole.Auditor || IsOwn(entry.Detail?.Actor, caller))
            {
                return entry;
            }
        }

        throw new Refusal(ErrorReason.EntryNotFound, "index").ToRpcException();
    }

    // A member is one caller. The consortium is many: what one operator was told is nobody else's, but the auditor's.
    private static bool IsOwn(LogActor? actor, CallerIdentity caller) =>
        actor?.MemberId == caller.Caller.Member.Value
        && (caller.Caller.Member != MemberId.Consortium || actor.KeyThumbprint == caller.Thumbprint);

    private static ByteString Packed(IReadOnlyList<MerkleHash> hashes)
    {
        var packed = new byte[hashes.Count * MerkleHash.Size];
        for (var place = 0; place < hashes.Count; place++)
        {
            hashes[place].CopyTo(packed.AsSpan(place * MerkleHash.Size));
        }

        return UnsafeByteOperations.UnsafeWrap(packed);
    }
}
