using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A unary method that does nothing.</summary>
internal sealed class EmptySignals : SignalService.SignalServiceBase
{
    private static readonly Task<CheckResponse> Nothing = Task.FromResult(new CheckResponse());

    public override Task<CheckResponse> Check(CheckRequest request, ServerCallContext context) => Nothing;
}
