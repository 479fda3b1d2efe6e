namespace SignalExchange.Faults.Tests.Network;

/// <summary>One direction between two places: open, or held, as a network that loses every packet until it heals. Safe from any thread.</summary>
internal sealed class Valve
{
    private volatile TaskCompletionSource _open = Opened();
    private int _held;

    public bool IsOpen => _open.Task.IsCompleted;

    /// <summary>Gets how often something came and could not pass: that it was closed when it mattered.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Lets nothing through from now on.</summary>
    public void Close()
    {
        if (IsOpen)
        {
            _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets through what waits, and what comes.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Waits until it is open.</summary>
    public Task PassAsync(CancellationToken cancellationToken)
    {
        var open = _open.Task;
        if (!open.IsCompleted)
        {
            Interlocked.Increment(ref _held);
        }

        return open.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
