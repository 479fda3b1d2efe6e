using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Keys;

/// <summary>The key service's door. Sees blinded elements and counts, never tokens.</summary>
internal sealed class KeyGrpcService(IKeyService keys, QuotaGate quotas, KeyMetrics metrics)
    : ContractKeyService.KeyServiceBase
{
    /// <inheritdoc/>
    public override async Task<GetKeyManifestsResponse> GetKeyManifests(
        GetKeyManifestsRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Manifests = { await keys.GetManifestsAsync(context.CancellationToken) } };
    }

    /// <inheritdoc/>
    public override async Task<EvaluateResponse> Evaluate(EvaluateRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var count = request.BlindedElements.Length / Token.Size;
        if (count > Limits.MaxEvaluateBatch)
        {
            throw new Refusal(ErrorReason.TooMany, "blinded_elements", Limits.MaxEvaluateBatch, count).ToRpcException();
        }

        _ = KeyId.TryParse(request.KeyId, out var keyId);
        var member = context.GetCaller().Caller.Member;
        using var reserved = await quotas.ReserveEvaluations(member, count, context.CancellationToken);
        var outcome = await keys.EvaluateAsync(keyId, request.BlindedElements.Memory, context.CancellationToken);
        Require.Nothing(outcome.Refusal);
        reserved.Spend();
        metrics.Evaluated(keyId.Type, count);
        return new EvaluateResponse
        {
            EvaluatedElements = UnsafeByteOperations.UnsafeWrap(outcome.Evaluation!.EvaluatedElements),
            Proof = UnsafeByteOperations.UnsafeWrap(outcome.Evaluation.Proof),
        };
    }
}
