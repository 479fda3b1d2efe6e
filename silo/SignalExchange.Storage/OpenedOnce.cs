namespace SignalExchange.Storage;

/// <summary>What a storage has while it is open: made once, and refused before and after.</summary>
/// <typeparam name="TSession">Connections, files, threads: what is closed with the storage.</typeparam>
/// <param name="owner">The storage, which errors name.</param>
/// <remarks>For engines: each of their stores has one. Safe from any thread.</remarks>
public sealed class OpenedOnce<TSession>(object owner) : IAsyncDisposable
    where TSession : class, IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private TSession? _session;
    private volatile bool _isDisposed;

    /// <summary>Gets it.</summary>
    /// <exception cref="InvalidOperationException">The storage is not open.</exception>
    /// <exception cref="ObjectDisposedException">The storage was closed.</exception>
    public TSession Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, owner);
            return ValueOrNull
                ?? throw new InvalidOperationException("The storage is not open. Await OpenAsync before using it.");
        }
    }

    /// <summary>Gets it, or null while the storage is not open.</summary>
    public TSession? ValueOrNull => Volatile.Read(ref _session);

    /// <summary>Makes it. Does nothing when it is there; after a failure it can be tried again.</summary>
    /// <param name="open">Makes it.</param>
    /// <param name="cancellationToken">Ends the wait for others who open or close.</param>
    /// <exception cref="ObjectDisposedException">The storage was closed.</exception>
    public async Task OpenAsync(Func<Task<TSession>> open, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, owner);
            _session ??= await open();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes it, once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _isDisposed = true;
            if (Interlocked.Exchange(ref _session, null) is { } session)
            {
                await session.DisposeAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
