using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Silo.Errors;

/// <summary>Lets no exception out as it is: a caller gets a status with a reason, the log gets the rest.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception failure) when (ShouldTranslate(failure, context))
        {
            throw Translate(failure, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception failure) when (ShouldTranslate(failure, context))
        {
            throw Translate(failure, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (IOException)
        {
            // Kestrel's word for a caller that reset its stream, which may come before the call's cancellation. No fault of ours.
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller went away."));
        }
        catch (Exception failure) when (ShouldTranslate(failure, context))
        {
            throw Translate(failure, context);
        }
    }

    /// <summary>Statuses are final, and a caller that went away needs none.</summary>
    private static bool ShouldTranslate(Exception failure, ServerCallContext context) =>
        failure is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private RpcException Translate(Exception failure, ServerCallContext context)
    {
        var reason = FailureReasons.Of(failure);
        var trace = Activity.Current?.TraceId.ToString();
        ErrorLog.CallFailed(logger, failure, context.Method, reason);
        return new Refusal(reason).ToRpcException(trace);
    }
}
