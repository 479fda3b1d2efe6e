using System.Threading.Tasks.Sources;
using Google.Protobuf;
using SignalExchange.AccessLog.Entries;

namespace SignalExchange.AccessLog.Writing;

/// <summary>An entry that waits to be written, and its caller, who is told once: written, failed, given up or cancelled.</summary>
internal sealed class PendingEntry : IValueTaskSource<LogReceipt>
{
    private readonly string _origin;
    private readonly ByteString _salt;
    private ManualResetValueTaskSourceCore<LogReceipt> _source;
    private CancellationTokenRegistration _registration;
    private int _isTold;

    /// <summary>Creates it.</summary>
    /// <param name="entry">What was sealed.</param>
    /// <param name="origin">The log's origin, for the receipt.</param>
    /// <param name="salt">The detail's salt, for the receipt.</param>
    /// <param name="queuedAt">When, a timestamp of the time provider.</param>
    public PendingEntry(SealedEntry entry, string origin, ByteString salt, long queuedAt)
    {
        (Entry, _origin, _salt, QueuedAt) = (entry, origin, salt, queuedAt);

        // The callers' continuations must not run on the writer's loop.
        _source.RunContinuationsAsynchronously = true;
    }

    public SealedEntry Entry { get; }

    public long QueuedAt { get; }

    /// <summary>Whether the caller has been told: what nobody waits for any more is not written.</summary>
    public bool IsTold => Volatile.Read(ref _isTold) != 0;

    /// <summary>Returns what the caller awaits, once.</summary>
    public ValueTask<LogReceipt> WaitAsync(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(
            static (self, token) => ((PendingEntry)self!).TryFail(new OperationCanceledException(token)),
            this
        );
        return new(this, _source.Version);
    }

    /// <summary>Tells the caller that the entry is on stable storage.</summary>
    public bool TryComplete(long index)
    {
        if (Interlocked.Exchange(ref _isTold, 1) != 0)
        {
            return false;
        }

        _source.SetResult(new(_origin, index, _salt));
        return true;
    }

    /// <summary>Tells the caller that it must not answer.</summary>
    public bool TryFail(Exception exception)
    {
        if (Interlocked.Exchange(ref _isTold, 1) != 0)
        {
            return false;
        }

        _source.SetException(exception);
        return true;
    }

    LogReceipt IValueTaskSource<LogReceipt>.GetResult(short token)
    {
        _registration.Dispose();
        return _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<LogReceipt>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<LogReceipt>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _source.OnCompleted(continuation, state, token, flags);
}
