using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using KeyServiceBase = SignalExchange.Contracts.V1.KeyService.KeyServiceBase;

namespace SignalExchange.Client.Tests.Server;

/// <summary>The key service's door.</summary>
internal sealed class TestKeyService(TestExchange exchange) : KeyServiceBase
{
    public override async Task<GetKeyManifestsResponse> GetKeyManifests(
        GetKeyManifestsRequest request,
        ServerCallContext context
    )
    {
        await exchange.Script.PlayAsync("GetKeyManifests", context);
        return new GetKeyManifestsResponse { Manifests = { exchange.Keys.Manifests() } };
    }

    public override async Task<EvaluateResponse> Evaluate(EvaluateRequest request, ServerCallContext context)
    {
        exchange.Record.Add(request);
        await exchange.Script.PlayAsync("Evaluate", context);
        _ = KeyId.TryParse(request.KeyId, out var keyId);
        return exchange.Keys.IsActive(keyId)
            ? exchange.Keys.Evaluate(keyId, request.BlindedElements)
            : throw Failures.Of(ErrorReason.KeyRetired);
    }
}
