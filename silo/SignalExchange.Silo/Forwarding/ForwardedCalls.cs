using Grpc.Core;
using SignalExchange.Silo.InProcess;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Makes calls for other silos: by this silo's own door, where each is judged and recorded as the console's own are.</summary>
internal sealed class ForwardedCalls(InProcessChannel channel)
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(
        static bytes => bytes,
        static bytes => bytes
    );

    private readonly CallInvoker _invoker = channel.CreateInvoker();

    /// <summary>Makes a call that has one answer.</summary>
    public async Task<ForwardedAnswer> Call(ForwardedCall call)
    {
        try
        {
            using var under = _invoker.AsyncUnaryCall(
                MethodOf(call, MethodType.Unary),
                null,
                OptionsOf(call, CancellationToken.None),
                call.Request
            );
            return ForwardedAnswer.Ok(await under);
        }
        catch (RpcException refusal)
        {
            return ForwardedAnswer.Of(refusal);
        }
    }

    /// <summary>Begins a call that has a stream of answers.</summary>
    public AsyncServerStreamingCall<byte[]> Begin(ForwardedCall call, CancellationToken cancellationToken) =>
        _invoker.AsyncServerStreamingCall(
            MethodOf(call, MethodType.ServerStreaming),
            null,
            OptionsOf(call, cancellationToken),
            call.Request
        );

    private static Method<byte[], byte[]> MethodOf(ForwardedCall call, MethodType type)
    {
        var slash = call.Method.LastIndexOf('/');
        return new(type, call.Method[1..slash], call.Method[(slash + 1)..], Bytes, Bytes);
    }

    private static CallOptions OptionsOf(ForwardedCall call, CancellationToken cancellationToken) =>
        new(PersonHeaders.Add([], call.Account, call.Session, call.Address), cancellationToken: cancellationToken);
}
