using Grpc.Core;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>Calls any method by its name, with bytes: on the wire the four kinds of gRPC methods are one.</summary>
internal static class RawCalls
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static it => it, static it => it);

    // Lasts as long as its caller wants to look: the first message is its answer.
    private const string Lasting = "/signalexchange.v1.OperationsService/WatchOverview";

    /// <summary>Sends one message, and reads the answer to its end, if it has one.</summary>
    /// <param name="invoker">As whom.</param>
    /// <param name="fullName">As <c>/signalexchange.v1.SignalService/Check</c>.</param>
    /// <param name="message">The message's bytes; empty for a message without fields.</param>
    /// <exception cref="RpcException">It was refused.</exception>
    public static async Task Call(this CallInvoker invoker, string fullName, byte[] message)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var parts = fullName.Split('/');
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], Bytes, Bytes);
        using var call = invoker.AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: cancelled));
        try
        {
            await call.RequestStream.WriteAsync(message, cancelled);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException)
        {
            // Refused before the message was read: the reading tells why.
        }

        while (await call.ResponseStream.MoveNext(cancelled) && fullName != Lasting) { }
    }
}
