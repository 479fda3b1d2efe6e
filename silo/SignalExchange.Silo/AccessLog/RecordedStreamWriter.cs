using Grpc.Core;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Lets the first part of a stream go only when the call's entry is on stable storage.</summary>
/// <param name="inner">Sends.</param>
/// <param name="record">Writes the entry; called once.</param>
internal sealed class RecordedStreamWriter<T>(IServerStreamWriter<T> inner, Func<Task> record) : IServerStreamWriter<T>
{
    private bool _isRecorded;

    /// <summary>Gets whether the entry was written, or could not be: there is nothing more to record.</summary>
    public bool IsDecided { get; private set; }

    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await EnsureRecorded();
        await inner.WriteAsync(message, cancellationToken);
    }

    /// <summary>Writes the entry, unless it was.</summary>
    public async Task EnsureRecorded()
    {
        if (!_isRecorded)
        {
            IsDecided = true;
            await record();
            _isRecorded = true;
        }
    }
}
