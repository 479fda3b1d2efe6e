using SignalExchange.Index.Tables;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>One shard of the index: its entries, how far its log was applied, and who waits for that.</summary>
internal sealed class IndexShard(ShardTable table, TemplateFeed? templates)
{
    private readonly Lock _writer = new();
    private long _appliedSequence;
    private long _heardSequence;
    private UInt128 _appliedCommit;
    private TaskCompletionSource? _awaitedChange;

    /// <summary>Gets the sequence up to which every change is in the table.</summary>
    public long AppliedSequence => Volatile.Read(ref _appliedSequence);

    /// <summary>Gets whether every change that this shard was told of is in the table.</summary>
    public bool HasAllHeard => AppliedSequence >= Volatile.Read(ref _heardSequence);

    /// <summary>Gets how many changes this shard was told of that are not in the table.</summary>
    public long Lag => Math.Max(0, Volatile.Read(ref _heardSequence) - AppliedSequence);

    /// <summary>Takes note that the shard's log reaches a sequence.</summary>
    public void Hear(long sequence)
    {
        lock (_writer)
        {
            Volatile.Write(ref _heardSequence, Math.Max(_heardSequence, sequence));
        }
    }

    /// <summary>Applies what is new in a log row, or nothing when changes before it are missing.</summary>
    /// <param name="row">A row of this shard's log.</param>
    /// <param name="key">What turns tokens into fingerprints.</param>
    /// <returns>False when changes before the row are missing.</returns>
    public bool Apply(LogRow row, FingerprintKey key)
    {
        lock (_writer)
        {
            var next = _appliedSequence + 1;
            if (row.FirstSequence > next)
            {
                Hear(row.LastSequence);
                return false;
            }

            for (; next <= row.LastSequence; next++)
            {
                var change = row.Changes[(int)(next - row.FirstSequence)];
                table.Set(key.Of(change.Token), change.Summary.Value);
                templates?.Apply(change);
                Volatile.Write(ref _appliedSequence, next);
                _appliedCommit = row.CommitId;
            }
        }

        Interlocked.Exchange(ref _awaitedChange, null)?.SetResult();
        return true;
    }

    /// <summary>Removes the entries that ended at or before an hour.</summary>
    /// <returns>How many.</returns>
    public int RemoveEnded(uint hours)
    {
        lock (_writer)
        {
            return table.RemoveUpTo(hours);
        }
    }

    /// <summary>Copies the entries, with where in the log they are true.</summary>
    public ShardCapture Capture()
    {
        lock (_writer)
        {
            var capture = new ShardCapture(new(_appliedSequence, _appliedCommit), table.Current.Entries);
            table.Current.Pack(capture.Entries);
            return capture;
        }
    }

    /// <summary>Takes up entries that are true at a place in the log.</summary>
    /// <exception cref="InvalidOperationException">Something was applied already.</exception>
    public void Resume(ShardMark mark, Lines lines)
    {
        lock (_writer)
        {
            if (_appliedSequence != 0)
            {
                throw new InvalidOperationException("A shard is resumed before anything is applied.");
            }

            table.Take(lines);
            _appliedCommit = mark.CommitId;
            Volatile.Write(ref _appliedSequence, mark.Sequence);
        }
    }

    /// <summary>Returns a task that ends when more has been applied than was when this was called.</summary>
    public Task NextChange()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _awaitedChange, fresh, null) ?? fresh).Task;
    }
}
