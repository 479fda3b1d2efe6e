using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Signals;

/// <summary>Answers calls that last: each batch of one is let in, judged and recorded like a call of its own, of whichever service.</summary>
internal sealed class StreamedBatches(
    CallGate load,
    MemberDirectory members,
    BatchRecorder records,
    IHostApplicationLifetime lifetime,
    IOptions<SignalOptions> options
)
{
    /// <summary>Answers a stream to its end.</summary>
    /// <param name="requests">What comes in.</param>
    /// <param name="responses">Where the answers go, in the order of the batches.</param>
    /// <param name="batchOf">The batch in a request; null in one that lacks it, which is refused.</param>
    /// <param name="answer">Answers a batch of the caller as it is then.</param>
    /// <param name="responseOf">Makes the response of an answer and of where it was recorded.</param>
    /// <param name="context">The call.</param>
    public Task Answer<TRequest, TBatch, TAnswer, TResponse>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        Func<TRequest, TBatch?> batchOf,
        Func<TBatch, Caller, CancellationToken, Task<TAnswer>> answer,
        Func<TRequest, TAnswer, AccessLogReceipt, TResponse> responseOf,
        ServerCallContext context
    )
        where TRequest : class, IMessage
        where TBatch : class
        where TAnswer : IMessage =>
        new BatchStream<TRequest, TResponse>(options.Value.MaxParallelBatches, lifetime.ApplicationStopping).Run(
            requests,
            responses,
            // Read and not answered yet, it counts against who sent it; until there is room, no more is read.
            (request, cancellationToken) => Held(context).Take(request.CalculateSize(), cancellationToken),
            async (request, cancellationToken) =>
            {
                var batch = batchOf(request);
                var (answered, receipt) = await records.Answer(
                    batch,
                    async () =>
                    {
                        Require.Form(request);
                        using var place = await load.Enter(LoadParty.Of(context.GetHttpContext()), cancellationToken);
                        return await answer(batch!, members.RequireCaller(context), cancellationToken);
                    },
                    context
                );
                return responseOf(request, answered, receipt);
            },
            context.CancellationToken
        );

    private static HeldBytes Held(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<HeldBytes>()
        ?? throw new InvalidOperationException("A stream was opened past its member's share.");
}
