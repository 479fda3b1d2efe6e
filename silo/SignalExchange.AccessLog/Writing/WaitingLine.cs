using System.Threading.Channels;

namespace SignalExchange.AccessLog.Writing;

/// <summary>The entries that wait for the writer's loop, in order, and those that it is writing.</summary>
/// <remarks>
/// Safe from any thread; one reader. At its bound the next one is turned away. A queue under a lock rather than a channel: those
/// who have waited too long are found by walking it, and no timer is needed for each.
/// </remarks>
internal sealed class WaitingLine(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingEntry> _waiting = new();
    private readonly List<PendingEntry> _taken = [];
    private readonly Channel<bool> _arrivals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    /// <summary>Gets how many wait; those that are being written do not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Lets an entry join.</summary>
    /// <returns>False when the line is full.</returns>
    public bool TryJoin(PendingEntry entry)
    {
        lock (_lock)
        {
            if (_waiting.Count >= limit)
            {
                return false;
            }

            _waiting.Enqueue(entry);
        }

        _arrivals.Writer.TryWrite(true);
        return true;
    }

    /// <summary>Waits until somebody waits.</summary>
    /// <returns>False when the line was closed and is empty.</returns>
    public async ValueTask<bool> WaitAsync()
    {
        while (Count == 0)
        {
            if (!await _arrivals.Reader.WaitToReadAsync())
            {
                return Count > 0;
            }

            _arrivals.Reader.TryRead(out _);
        }

        return true;
    }

    /// <summary>Takes those who wait, in order, but for those who gave up.</summary>
    /// <param name="maxCount">How many at most.</param>
    /// <param name="maxBytes">How many bytes of sealed details; the last one may exceed it.</param>
    /// <returns>The group, good until the next call.</returns>
    public IReadOnlyList<PendingEntry> Take(int maxCount, long maxBytes)
    {
        lock (_lock)
        {
            _taken.Clear();
            for (var bytes = 0L; _taken.Count < maxCount && bytes < maxBytes && _waiting.TryDequeue(out var entry); )
            {
                if (!entry.IsTold)
                {
                    _taken.Add(entry);
                    bytes += entry.Entry.SealedDetail.Length;
                }
            }

            return _taken;
        }
    }

    /// <summary>Tells those who joined before an instant that they have waited too long, and lets them leave.</summary>
    /// <returns>How many were told.</returns>
    public int GiveUp(long before, Func<Exception> reason)
    {
        lock (_lock)
        {
            var told = _taken.Concat(_waiting).Count(entry => entry.QueuedAt < before && entry.TryFail(reason()));
            while (_waiting.TryPeek(out var first) && first.IsTold)
            {
                _waiting.Dequeue();
            }

            return told;
        }
    }

    /// <summary>Ends the waiting once the line is empty.</summary>
    public void Close() => _arrivals.Writer.TryComplete();
}
