using Grpc.Core;

namespace SignalExchange.Silo.Draining;

/// <summary>Sends the parts of a stream until the server stops. The one that is on its way then arrives whole.</summary>
/// <param name="inner">Sends.</param>
/// <param name="ended">From when on no part is begun.</param>
/// <param name="gone">When the caller is gone, and with it the one that is on its way.</param>
internal sealed class DrainedStreamWriter<T>(
    IServerStreamWriter<T> inner,
    CancellationToken ended,
    CancellationToken gone
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
        return inner.WriteAsync(message, gone);
    }
}
