using Grpc.Core;

namespace SignalExchange.Silo.Draining;

/// <summary>Sends the parts of a stream until the server stops. The one that is on its way then arrives whole.</summary>
/// <param name="inner">Sends.</param>
/// <param name="ended">From when on no part is begun.</param>
/// <param name="cut">When the one that is on its way is given up; gRPC then ends the call without a status.</param>
internal sealed class DrainedStreamWriter<T>(
    IServerStreamWriter<T> inner,
    CancellationToken ended,
    CancellationToken cut
) : IServerStreamWriter<T>
{
    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ended.ThrowIfCancellationRequested();
        cancellationToken.ThrowIfCancellationRequested();
        return inner.WriteAsync(message, cut);
    }
}
