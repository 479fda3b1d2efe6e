namespace SignalExchange.Silo.Load;

/// <summary>The bytes of messages that one party makes this silo hold: read and not answered yet.</summary>
/// <remarks>Safe from any thread. Who waits is served first come first served.</remarks>
internal sealed class HeldBytes(LoadParty party, long limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Room)> _waiting = new();
    private long _held;

    /// <summary>Gets whose they are.</summary>
    public LoadParty Party => party;

    /// <summary>Gets how many may be held.</summary>
    public long Limit => limit;

    /// <summary>Gets or sets how many calls share it; kept by <see cref="HeldBytesByParty"/>.</summary>
    public int Calls { get; set; }

    /// <summary>Gets how many are held.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>Holds so many more, if that is not too much.</summary>
    public bool TryTake(long bytes)
    {
        lock (_gate)
        {
            if (_held + bytes > limit)
            {
                return false;
            }

            _held += bytes;
            return true;
        }
    }

    /// <summary>Holds so many more as soon as there is room.</summary>
    /// <param name="bytes">How many; more than the limit is taken for the limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Disposing of it lets them go.</returns>
    public async ValueTask<IDisposable> Take(long bytes, CancellationToken cancellationToken)
    {
        bytes = Math.Min(bytes, limit);
        LinkedListNode<(long, TaskCompletionSource Room)>? waiting = null;
        lock (_gate)
        {
            if (_waiting.Count > 0 || _held + bytes > limit)
            {
                waiting = _waiting.AddLast((bytes, new(TaskCreationOptions.RunContinuationsAsynchronously)));
            }
            else
            {
                _held += bytes;
            }
        }

        if (waiting is not null)
        {
            await using var gone = cancellationToken.UnsafeRegister(_ => Leave(waiting, cancellationToken), null);
            await waiting.Value.Room.Task;
        }

        return new Share(this, bytes);
    }

    /// <summary>Lets bytes go.</summary>
    public void Give(long bytes)
    {
        lock (_gate)
        {
            _held -= bytes;
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { } first && _held + first.Value.Bytes <= limit)
        {
            _held += first.Value.Bytes;
            _waiting.RemoveFirst();
            first.Value.Room.SetResult();
        }
    }

    private void Leave(LinkedListNode<(long, TaskCompletionSource Room)> waiting, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiting.List is not null)
            {
                _waiting.Remove(waiting);
                waiting.Value.Room.SetCanceled(cancellationToken);
                Admit(); // a smaller one behind it may fit
            }
        }
    }

    /// <summary>What one message takes.</summary>
    private sealed class Share(HeldBytes owner, long bytes) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
            {
                owner.Give(bytes);
            }
        }
    }
}
