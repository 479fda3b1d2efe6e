using SignalExchange.Client.Receipts;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Bulk;

/// <summary>The streaming methods of the signal service.</summary>
internal static class StreamMethods
{
    public static StreamMethod<SubmitRequest, SubmitResponse, SubmitStreamRequest, SubmitStreamResponse> Submit(
        SignalService.SignalServiceClient signals,
        ReceiptRecorder? receipts
    ) =>
        new(
            "submit",
            options => signals.SubmitStream(options),
            static (number, batch) => new SubmitStreamRequest { BatchNumber = number, Batch = batch },
            static response => response.BatchNumber,
            static response => response.Batch,
            (_, response) => receipts?.Record(SignalMethods.SubmitStream, null, response.Batch, response.Receipt)
        );

    public static StreamMethod<MatchAdsRequest, MatchAdsResponse, MatchAdsStreamRequest, MatchAdsStreamResponse> Match(
        TemplateService.TemplateServiceClient templates,
        ReceiptRecorder? receipts
    ) =>
        new(
            "match",
            options => templates.MatchAdsStream(options),
            static (number, batch) => new MatchAdsStreamRequest { BatchNumber = number, Batch = batch },
            static response => response.BatchNumber,
            static response => response.Batch,
            (request, response) =>
                receipts?.Record(
                    SignalMethods.MatchAdsStream,
                    request.Batch.BandTokens,
                    response.Batch,
                    response.Receipt
                )
        );

    public static StreamMethod<CheckRequest, CheckResponse, CheckStreamRequest, CheckStreamResponse> Check(
        SignalService.SignalServiceClient signals,
        ReceiptRecorder? receipts
    ) =>
        new(
            "check",
            options => signals.CheckStream(options),
            static (number, batch) => new CheckStreamRequest { BatchNumber = number, Batch = batch },
            static response => response.BatchNumber,
            static response => response.Batch,
            (request, response) =>
                receipts?.Record(SignalMethods.CheckStream, request.Batch.Tokens, response.Batch, response.Receipt)
        );
}
