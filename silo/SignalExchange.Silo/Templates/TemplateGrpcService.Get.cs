using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    /// <remarks>Asks the templates themselves, since the caller's own withdrawn signals are not in the index.</remarks>
    public override Task<GetTemplatesResponse> GetTemplates(GetTemplatesRequest request, ServerCallContext context) =>
        pace.Keep(() => Read(request, context), context.CancellationToken);

    private async Task<GetTemplatesResponse> Read(GetTemplatesRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var caller = context.GetCaller().Caller;
        var tokens = request.TemplateIds.Select(TokenOf).ToArray();
        var packed = new byte[tokens.Length * Token.Size];
        foreach (var (place, token) in tokens.Index())
        {
            token.CopyTo(packed.AsSpan(place * Token.Size));
        }

        await quotas.RequireTokens(caller.Member, packed, context.CancellationToken);
        await freshness.RequireCurrent(tokens, context.CancellationToken);
        var positions = Array.ConvertAll(tokens, freshness.PositionOf);
        CallEntry.Of(context).SetAsOf(positions);
        var results = new GetResult?[tokens.Length];
        await ForEach(
            tokens.Length,
            async (place, cancelled) =>
            {
                var position = positions[place];
                if (await Template(tokens[place]).Read(caller, (long)position.Sequence, cancelled) is { } result)
                {
                    result.Index = (uint)place;
                    result.Position = position;
                    results[place] = result;
                }
            },
            context.CancellationToken
        );
        var response = new GetTemplatesResponse { Results = { results.OfType<GetResult>() } };
        quotas.CountHits(caller.Member, packed, response.Results.Select(result => (int)result.Index));
        return Require.Size(response, "template_ids");
    }
}
