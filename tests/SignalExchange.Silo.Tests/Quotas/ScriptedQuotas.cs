using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>A quota grain that answers as the test says and keeps what it was asked.</summary>
internal sealed class ScriptedQuotas(Func<LeaseRequest, LeaseReply> answer) : IQuotaGrain
{
    private readonly byte[] _key = TokenHash.NewKey();

    public List<LeaseRequest> Asked { get; } = [];

    public Task<LeaseReply> LeaseEvaluations(LeaseRequest request)
    {
        Asked.Add(request);
        return Task.FromResult(answer(request));
    }

    public Task<LeaseReply> LeaseWrites(WriteKind kind, LeaseRequest request) => LeaseEvaluations(request);

    public Task<TokenLeaseReply> LeaseTokens(TokenLeaseRequest request)
    {
        Asked.Add(request.Lease);
        return Task.FromResult(new TokenLeaseReply(answer(request.Lease), 1, _key, request.Sketch));
    }
}
