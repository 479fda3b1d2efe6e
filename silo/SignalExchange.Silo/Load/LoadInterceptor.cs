using Grpc.Core;
using Grpc.Core.Interceptors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Load;

/// <summary>Lets members' calls through <see cref="CallGate"/> before their handlers.</summary>
/// <remarks>
/// Operators and health go past it: they are few, and needed most when there is too much of everything else. An open stream holds no
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
        using var place = MemberOf(context) is null ? null : await gate.Enter(context.CancellationToken);
        return await continuation(request, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        using var place = MemberOf(context) is { } caller ? gate.OpenStream(caller.Caller.Member) : null;
        await continuation(requestStream, responseStream, context);
    }

    private static CallerIdentity? MemberOf(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallerIdentity>() is { Role: KeyRole.MemberBackend } member
            ? member
            : null;
}
