using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Server;

/// <summary>The signal service's door: what is behind it is the fake's, with real tokens.</summary>
internal sealed class TestSignalService(TestExchange exchange) : SignalService.SignalServiceBase
{
    public override Task<SubmitResponse> Submit(SubmitRequest request, ServerCallContext context) =>
        exchange.Answer("Submit", request, context, call => call.Submit(request));

    public override Task<WithdrawResponse> Withdraw(WithdrawRequest request, ServerCallContext context) =>
        exchange.Answer("Withdraw", request, context, call => call.Withdraw(request));

    public override Task<CheckResponse> Check(CheckRequest request, ServerCallContext context) =>
        exchange.Answer("Check", request, context, call => call.Check(request));

    public override Task<GetResponse> Get(GetRequest request, ServerCallContext context) =>
        exchange.Answer("Get", request, context, call => call.Get(request));

    public override async Task SubmitStream(
        IAsyncStreamReader<SubmitStreamRequest> requestStream,
        IServerStreamWriter<SubmitStreamResponse> responseStream,
        ServerCallContext context
    )
    {
        await exchange.Script.PlayAsync("SubmitStream", context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            exchange.Record.Add(request);
            var response = exchange.Act(context, call => call.Submit(request.Batch));
            await BeforeAnswer(request.BatchNumber, context);
            await responseStream.WriteAsync(new() { BatchNumber = request.BatchNumber, Batch = response });
        }
    }

    public override async Task CheckStream(
        IAsyncStreamReader<CheckStreamRequest> requestStream,
        IServerStreamWriter<CheckStreamResponse> responseStream,
        ServerCallContext context
    )
    {
        await exchange.Script.PlayAsync("CheckStream", context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            exchange.Record.Add(request);
            var response = exchange.Act(context, call => call.Check(request.Batch));
            await BeforeAnswer(request.BatchNumber, context);
            await responseStream.WriteAsync(new() { BatchNumber = request.BatchNumber, Batch = response });
        }
    }

    private Task BeforeAnswer(ulong number, ServerCallContext context) =>
        exchange.Script.BeforeAnswer?.Invoke(number, context) ?? Task.CompletedTask;
}
