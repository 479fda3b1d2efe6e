using Grpc.Core;
using Grpc.Core.Interceptors;
using SignalExchange.Contracts;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Load;

/// <summary>Lets members' calls through <see cref="CallGate"/> before their handlers.</summary>
/// <remarks>
/// The consortium's people and health go past it: they are few, and needed most when there is too much of everything else. An open stream holds no
/// place; its batches take theirs one by one.
/// </remarks>
internal sealed class LoadInterceptor(CallGate gate) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        using var place = GoesPast(context) ? null : await gate.Enter(PartyOf(context), context.CancellationToken);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        using var place = GoesPast(context) ? null : await gate.Enter(PartyOf(context), context.CancellationToken);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        using var place =
            CallerOf(context) is not null && !GoesPast(context) ? gate.OpenStream(PartyOf(context)) : null;
        await continuation(requestStream, responseStream, context);
    }

    private static bool GoesPast(ServerCallContext context) =>
        CallerOf(context)?.Caller.Member == MemberId.Consortium
        || context.Method.StartsWith("/grpc.health.", StringComparison.Ordinal);

    private static LoadParty PartyOf(ServerCallContext context) => LoadParty.Of(context.GetHttpContext());

    private static CallerIdentity? CallerOf(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallerIdentity>();
}
