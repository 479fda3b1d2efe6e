using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    /// <remarks>Asks the indicators themselves, since the caller's own withdrawn signals are not in the index.</remarks>
    public override Task<GetResponse> Get(GetRequest request, ServerCallContext context) =>
        pace.Keep(() => Read(request, context), context.CancellationToken);

    private async Task<GetResponse> Read(GetRequest request, ServerCallContext context)
    {
        using var timing = metrics.Time("get");
        Require.Form(request);
        await RequireKey(request.KeyId, forSubmission: false, context.CancellationToken);
        var results = new GetResult?[request.Tokens.Length / Token.Size];
        RequireCount(results.Length, Limits.MaxGetBatch, "tokens");
        var caller = context.GetCaller().Caller;
        await quotas.RequireTokens(caller.Member, request.Tokens.Memory, context.CancellationToken);
        var tokens = new Token[results.Length];
        for (var place = 0; place < results.Length; place++)
        {
            tokens[place] = TokenAt(request.Tokens.Span, place);
        }

        await freshness.RequireCurrent(tokens, context.CancellationToken);
        var positions = Array.ConvertAll(tokens, freshness.PositionOf);
        CallEntry.Of(context).SetAsOf(positions);

        await Parallel.ForAsync(
            0,
            results.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Value.MaxParallelItems,
                CancellationToken = context.CancellationToken,
            },
            async (place, cancelled) =>
                results[place] = await Indicator(tokens[place]).Read(caller, (long)positions[place].Sequence, cancelled)
        );

        var response = new GetResponse();
        foreach (var (place, result) in results.Index())
        {
            if (result is not null)
            {
                result.Index = (uint)place;
                result.Position = positions[place];
                response.Results.Add(result);
            }
        }

        quotas.CountHits(caller.Member, request.Tokens.Span, response.Results.Select(result => (int)result.Index));
        return Require.Size(response, "tokens");
    }
}
