using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    public override Task MatchAdsStream(
        IAsyncStreamReader<MatchAdsStreamRequest> requestStream,
        IServerStreamWriter<MatchAdsStreamResponse> responseStream,
        ServerCallContext context
    ) =>
        streams.Answer(
            requestStream,
            responseStream,
            request => request.Batch,
            (batch, caller, cancellationToken) =>
                pace.Keep(() => Match(batch, caller, cancellationToken), cancellationToken),
            (request, batch, receipt) =>
                new MatchAdsStreamResponse
                {
                    BatchNumber = request.BatchNumber,
                    Batch = batch,
                    Receipt = receipt,
                },
            context
        );
}
