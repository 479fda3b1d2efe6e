using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace SignalExchange.Silo.InProcess;

/// <summary>Connects this process to its own server: the console's calls go through the same door as everybody's, without a port.</summary>
internal sealed class MemoryTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int MaxWaiting = 16;

    private readonly Channel<ConnectionContext> _waiting = Channel.CreateBounded<ConnectionContext>(MaxWaiting);

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is MemoryEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is MemoryEndPoint
            ? ValueTask.FromResult<IConnectionListener>(new MemoryListener(_waiting.Reader))
            : throw new NotSupportedException("Only the process's own address is bound here.");

    /// <summary>Opens a connection; the server takes it when it runs.</summary>
    public async ValueTask<Stream> Connect(CancellationToken cancellationToken)
    {
        var (connection, stream) = MemoryConnection.Create();
        await _waiting.Writer.WriteAsync(connection, cancellationToken);
        return stream;
    }

    /// <summary>Hands the server what waits.</summary>
    private sealed class MemoryListener(ChannelReader<ConnectionContext> waiting) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => MemoryEndPoint.Instance;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_unbound.Token, cancellationToken);
            try
            {
                return await waiting.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
            {
                return null;
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default) =>
            await _unbound.CancelAsync();

        public ValueTask DisposeAsync()
        {
            _unbound.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
