using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Records the batches of a stream, each as a call of its own.</summary>
internal sealed class BatchRecorder(CallRecorder recorder)
{
    /// <summary>Answers a batch, and records it before the answer is handed on.</summary>
    /// <returns>The answer, and where its entry stands.</returns>
    public async Task<(TResponse Answer, AccessLogReceipt Receipt)> Answer<TRequest, TResponse>(
        TRequest? request,
        Func<Task<TResponse>> answer,
        ServerCallContext context
    )
        where TRequest : class
        where TResponse : IMessage
    {
        var draft = recorder.Begin(context.GetHttpContext(), context.Method);
        CallFacts.SetRequest(draft, request);
        await recorder.EnsureBegun(draft, request);
        TResponse response;
        try
        {
            response = await answer();
        }
        catch (Exception failure)
        {
            await recorder.WriteFailure(draft, failure, context.CancellationToken.IsCancellationRequested);
            throw;
        }

        CallFacts.SetAnswer(draft, request!, response); // What lacks its batch is not answered.
        return (response, await recorder.Write(draft));
    }
}
