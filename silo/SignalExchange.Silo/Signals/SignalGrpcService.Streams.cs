using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    public override Task SubmitStream(
        IAsyncStreamReader<SubmitStreamRequest> requestStream,
        IServerStreamWriter<SubmitStreamResponse> responseStream,
        ServerCallContext context
    )
    {
        return NewStream<SubmitStreamRequest, SubmitStreamResponse>()
            .Run(
                requestStream,
                responseStream,
                async (request, cancellationToken) =>
                {
                    Require.Form(request);
                    using var place = await load.Enter(cancellationToken);
                    var (batch, receipt) = await records.Answer(
                        request.Batch,
                        () => Submit(request.Batch, members.RequireCaller(context), cancellationToken),
                        context
                    );
                    return new SubmitStreamResponse
                    {
                        BatchNumber = request.BatchNumber,
                        Batch = batch,
                        Receipt = receipt,
                    };
                },
                context.CancellationToken
            );
    }

    /// <inheritdoc/>
    public override Task CheckStream(
        IAsyncStreamReader<CheckStreamRequest> requestStream,
        IServerStreamWriter<CheckStreamResponse> responseStream,
        ServerCallContext context
    )
    {
        return NewStream<CheckStreamRequest, CheckStreamResponse>()
            .Run(
                requestStream,
                responseStream,
                async (request, cancellationToken) =>
                {
                    Require.Form(request);
                    using var place = await load.Enter(cancellationToken);
                    var (batch, receipt) = await records.Answer(
                        request.Batch,
                        () =>
                            pace.Keep(
                                () => Check(request.Batch, members.RequireCaller(context), cancellationToken),
                                cancellationToken
                            ),
                        context
                    );
                    return new CheckStreamResponse
                    {
                        BatchNumber = request.BatchNumber,
                        Batch = batch,
                        Receipt = receipt,
                    };
                },
                context.CancellationToken
            );
    }

    private BatchStream<TRequest, TResponse> NewStream<TRequest, TResponse>()
        where TRequest : class => new(options.Value.MaxParallelBatches, lifetime.ApplicationStopping);
}
