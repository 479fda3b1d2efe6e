using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Tokens;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>Asks an exchange's key service under whatever key is wanted, as no SDK would.</summary>
internal sealed class RpcEvaluator(RotatingExchange rotating, string member) : IElementEvaluator
{
    private ContractKeyService.KeyServiceClient? _keys;

    public async Task Join() => _keys = new(rotating.Exchange.InvokerFor(await rotating.Exchange.AddMember(member)));

    public async Task<Evaluation> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        var answer = await _keys!.EvaluateAsync(
            new() { KeyId = keyId.ToString(), BlindedElements = ByteString.CopyFrom(blindedElements.Span) },
            cancellationToken: cancellationToken
        );
        return new(answer.EvaluatedElements.Memory, answer.Proof.Memory);
    }
}
