using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>The least service around something that knows tokens: no audiences, no positions, no quotas, no log.</summary>
internal sealed class PeerSignals(ITokenLookup lookup) : SignalService.SignalServiceBase
{
    private static readonly Verdict Known = new() { DistinctMembers = 1 };

    public override async Task<CheckResponse> Check(CheckRequest request, ServerCallContext context)
    {
        var response = new CheckResponse();
        foreach (var place in await lookup.Find(request.Tokens.Memory))
        {
            response.Hits.Add(new CheckHit { Index = (uint)place, Verdict = Known });
        }

        return response;
    }
}
