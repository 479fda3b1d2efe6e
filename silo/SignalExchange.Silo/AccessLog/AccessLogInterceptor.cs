using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>
/// Records every call before its answer leaves, the refused and the failed ones too, and those whose caller went away. No handler
/// knows it, but for streams of batches. Acts of administration are recorded before they are done as well.
/// </summary>
internal sealed class AccessLogInterceptor(CallRecorder recorder) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        if (!RecordedMethods.Contains(context.Method))
        {
            return await continuation(request, context);
        }

        var draft = await Begin(request, context);
        TResponse response;
        try
        {
            response = await continuation(request, context);
        }
        catch (Exception failure)
        {
            await WriteFailure(draft, failure, context);
            throw;
        }

        CallFacts.SetAnswer(draft, request, (IMessage)response);
        await Write(draft, context);
        return response;
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        if (!RecordedMethods.Contains(context.Method))
        {
            await continuation(request, responseStream, context);
            return;
        }

        var draft = await Begin(request, context);
        var stream = new RecordedStreamWriter<TResponse>(responseStream, () => Write(draft, context));
        try
        {
            await continuation(request, stream, context);
        }
        catch (Exception failure) when (!stream.IsDecided)
        {
            await WriteFailure(draft, failure, context);
            throw;
        }

        await stream.EnsureRecorded();
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        context.GetHttpContext().Features.Set(RecordedCall.Instance);
        if (RecordedMethods.HasBatches(context.Method))
        {
            var requests = new RecordedStreamReader<TRequest>(requestStream, refused => WriteRefused(refused, context));
            await AnswerBatches(() => continuation(requests, responseStream, context), context);
            return;
        }

        // A stream of another kind (reflection) is recorded before it says anything.
        var draft = recorder.Begin(context.GetHttpContext(), context.Method);
        await recorder.Write(draft);
        await continuation(requestStream, responseStream, context);
    }

    // Each batch has its entry. A stream that is refused before its first has one, too, and so has what is no batch.
    private async Task AnswerBatches(Func<Task> answer, ServerCallContext context)
    {
        try
        {
            await answer();
        }
        catch (RpcException refused) when (RefusalReader.ReasonOf(refused) == ErrorReason.TooManyStreams)
        {
            await WriteRefused(refused, context);
            throw;
        }
    }

    private Task WriteRefused(RpcException refused, ServerCallContext context) =>
        WriteFailure(recorder.Begin(context.GetHttpContext(), context.Method), refused, context);

    private async Task<EntryDraft> Begin(object request, ServerCallContext context)
    {
        context.GetHttpContext().Features.Set(RecordedCall.Instance);
        var draft = recorder.Begin(context.GetHttpContext(), context.Method);
        CallFacts.SetRequest(draft, request);
        await recorder.EnsureBegun(draft, request);
        context.GetHttpContext().Features.Set(new CallEntry(draft));
        return draft;
    }

    private async Task Write(EntryDraft draft, ServerCallContext context)
    {
        var receipt = await recorder.Write(draft);
        context.ResponseTrailers.Add(CallRecorder.ReceiptTrailer, receipt.ToByteArray());
        CallEntry.Of(context).WhenWritten?.Invoke(receipt);
    }

    private Task WriteFailure(EntryDraft draft, Exception failure, ServerCallContext context) =>
        recorder.WriteFailure(draft, failure, context.CancellationToken.IsCancellationRequested);
}
