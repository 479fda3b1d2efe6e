using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Server;

/// <summary>The door of the service of templates: what is behind it is the fake's, with real tokens.</summary>
internal sealed class TestTemplateService(TestExchange exchange) : TemplateService.TemplateServiceBase
{
    public override Task<RegisterTemplatesResponse> RegisterTemplates(
        RegisterTemplatesRequest request,
        ServerCallContext context
    ) => exchange.Answer("RegisterTemplates", request, context, call => call.Register(request));

    public override Task<GrowTemplatesResponse> GrowTemplates(
        GrowTemplatesRequest request,
        ServerCallContext context
    ) => exchange.Answer("GrowTemplates", request, context, call => call.Grow(request));

    public override Task<WithdrawTemplatesResponse> WithdrawTemplates(
        WithdrawTemplatesRequest request,
        ServerCallContext context
    ) => exchange.Answer("WithdrawTemplates", request, context, call => call.Withdraw(request));

    public override Task<GetTemplatesResponse> GetTemplates(GetTemplatesRequest request, ServerCallContext context) =>
        exchange.Answer("GetTemplates", request, context, call => call.Get(request));

    public override Task<MatchAdsResponse> MatchAds(MatchAdsRequest request, ServerCallContext context) =>
        exchange.Answer("MatchAds", request, context, call => call.Match(request));

    public override async Task MatchAdsStream(
        IAsyncStreamReader<MatchAdsStreamRequest> requestStream,
        IServerStreamWriter<MatchAdsStreamResponse> responseStream,
        ServerCallContext context
    )
    {
        await exchange.Script.PlayAsync("MatchAdsStream", context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            exchange.Record.Add(request);
            var response = exchange.Act(context, call => call.Match(request.Batch));
            await responseStream.WriteAsync(new() { BatchNumber = request.BatchNumber, Batch = response });
        }
    }
}
