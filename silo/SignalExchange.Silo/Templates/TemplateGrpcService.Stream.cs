using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Signals;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    public override Task MatchAdsStream(
        IAsyncStreamReader<MatchAdsStreamRequest> requestStream,
        IServerStreamWriter<MatchAdsStreamResponse> responseStream,
        ServerCallContext context
    ) =>
        new BatchStream<MatchAdsStreamRequest, MatchAdsStreamResponse>(
            options.Value.MaxParallelBatches,
            lifetime.ApplicationStopping
        ).Run(
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
                            () => Match(request.Batch, members.RequireCaller(context), cancellationToken),
                            cancellationToken
                        ),
                    context
                );
                return new MatchAdsStreamResponse
                {
                    BatchNumber = request.BatchNumber,
                    Batch = batch,
                    Receipt = receipt,
                };
            },
            context.CancellationToken
        );
}
