using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    public override Task SubmitStream(
        IAsyncStreamReader<SubmitStreamRequest> requestStream,
        IServerStreamWriter<SubmitStreamResponse> responseStream,
        ServerCallContext context
    ) =>
        streams.Answer(
            requestStream,
            responseStream,
            request => request.Batch,
            (batch, caller, cancellationToken) =>
                pace.Keep(() => Submit(batch, caller, cancellationToken), cancellationToken),
            (request, batch, receipt) =>
                new SubmitStreamResponse
                {
                    BatchNumber = request.BatchNumber,
                    Batch = batch,
                    Receipt = receipt,
                },
            context
        );

    /// <inheritdoc/>
    public override Task CheckStream(
        IAsyncStreamReader<CheckStreamRequest> requestStream,
        IServerStreamWriter<CheckStreamResponse> responseStream,
        ServerCallContext context
    ) =>
        streams.Answer(
            requestStream,
            responseStream,
            request => request.Batch,
            (batch, caller, cancellationToken) =>
                pace.Keep(() => Check(batch, caller, cancellationToken), cancellationToken),
            (request, batch, receipt) =>
                new CheckStreamResponse
                {
                    BatchNumber = request.BatchNumber,
                    Batch = batch,
                    Receipt = receipt,
                },
            context
        );
}
