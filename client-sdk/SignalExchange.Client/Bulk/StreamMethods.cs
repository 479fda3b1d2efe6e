using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Bulk;

/// <summary>The streaming methods of the signal service.</summary>
internal static class StreamMethods
{
    public static StreamMethod<SubmitRequest, SubmitResponse, SubmitStreamRequest, SubmitStreamResponse> Submit(
        SignalService.SignalServiceClient signals
    ) =>
        new(
            "submit",
            options => signals.SubmitStream(options),
            static (number, batch) => new SubmitStreamRequest { BatchNumber = number, Batch = batch },
            static response => response.BatchNumber,
            static response => response.Batch
        );

    public static StreamMethod<CheckRequest, CheckResponse, CheckStreamRequest, CheckStreamResponse> Check(
        SignalService.SignalServiceClient signals
    ) =>
        new(
            "check",
            options => signals.CheckStream(options),
            static (number, batch) => new CheckStreamRequest { BatchNumber = number, Batch = batch },
            static response => response.BatchNumber,
            static response => response.Batch
        );
}
