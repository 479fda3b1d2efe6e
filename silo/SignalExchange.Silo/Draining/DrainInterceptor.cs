using Grpc.Core;
using Grpc.Core.Interceptors;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Draining;

/// <summary>Ends what a server streams when the server stops: with NOT_READY, which the caller tries again elsewhere or later.</summary>
/// <remarks>
/// A verification or an export may last for hours. Left alone it would hold up the stop until the host's patience ends, and then break off without a
/// word. Calls of one answer are short, and streams of batches end by themselves (<see cref="Signals.BatchStream{TRequest, TResponse}"/>).
/// </remarks>
internal sealed class DrainInterceptor(IHostApplicationLifetime lifetime) : Interceptor
{
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        var stopping = lifetime.ApplicationStopping;
        context.GetHttpContext().Features.Get<StreamedConnection>()?.Note();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        try
        {
            await continuation(
                request,
                new DrainedStreamWriter<TResponse>(responseStream, ended.Token, context.CancellationToken),
                new DrainedCall(context, ended.Token)
            );
        }
        catch (OperationCanceledException)
            when (stopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new Refusal(ErrorReason.NotReady).ToRpcException();
        }
    }
}
