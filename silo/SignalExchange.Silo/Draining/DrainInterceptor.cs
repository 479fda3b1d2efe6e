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
    /// <summary>How long a caller may take for what is on its way when the server stops, the status behind it too; then the call breaks off.</summary>
    public static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(5);

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        var stopping = lifetime.ApplicationStopping;
        CutOffLate(context.GetHttpContext(), stopping);
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

    // Who takes nothing more keeps even the status from leaving, behind parts for which there is no window (RFC 9113 section 5.2). So this holds
    // until the response is out, not until the handler has ended.
    private static void CutOffLate(HttpContext http, CancellationToken stopping)
    {
        var late = new CancellationTokenSource();
        var atStop = stopping.Register(() => late.CancelAfter(PartTimeout));
        var whenLate = late.Token.Register(http.Abort);
        http.Response.OnCompleted(() =>
        {
            atStop.Dispose();
            whenLate.Dispose(); // Waits for one that is under way: the server uses the context again.
            late.Dispose();
            return Task.CompletedTask;
        });
    }
}
