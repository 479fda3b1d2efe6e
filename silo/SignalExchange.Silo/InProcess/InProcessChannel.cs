using Grpc.Core;
using Grpc.Net.Client;
using Limits = SignalExchange.Contracts.Limits;

namespace SignalExchange.Silo.InProcess;

/// <summary>The channel by which this process calls its own services.</summary>
internal sealed class InProcessChannel(MemoryTransport transport) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        "http://exchange",
        new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = (_, cancellationToken) => transport.Connect(cancellationToken),
                EnableMultipleHttp2Connections = true,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = Limits.MaxMessageBytes,
        }
    );

    /// <summary>Makes what calls; without any identity.</summary>
    public CallInvoker CreateInvoker() => _channel.CreateCallInvoker();

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}
