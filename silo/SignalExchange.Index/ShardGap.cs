namespace SignalExchange.Index;

/// <summary>How far a shard's log is known to reach, and whether the shard waits for its repair.</summary>
internal sealed class ShardGap
{
    private long _heardSequence;
    private int _isQueued;

    /// <summary>Gets the greatest sequence of a row that could not be applied.</summary>
    public long HeardSequence => Volatile.Read(ref _heardSequence);

    /// <summary>Takes note of a row that could not be applied.</summary>
    public void Hear(long sequence)
    {
        var heard = HeardSequence;
        while (heard < sequence)
        {
            var seen = Interlocked.CompareExchange(ref _heardSequence, sequence, heard);
            if (seen == heard)
            {
                return;
            }

            heard = seen;
        }
    }

    /// <summary>Returns true to one caller until <see cref="Dequeue"/>.</summary>
    public bool TryQueue() => Interlocked.Exchange(ref _isQueued, 1) == 0;

    /// <summary>Lets the shard be queued again.</summary>
    public void Dequeue() => Interlocked.Exchange(ref _isQueued, 0);
}
