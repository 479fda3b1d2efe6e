using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>How far this silo has followed the logs, and what others wrote to them.</summary>
internal sealed class ShardProgress(LocalIndex index, ShardMap shards) : IShardProgress
{
    private readonly long[] _foreign = new long[shards.Count];

    public long AppliedSequence(Shard shard) => index.AppliedSequence(shard);

    public long ForeignSequence(Shard shard) => Interlocked.Read(ref _foreign[shard.Number]);

    /// <summary>Takes note of a change that was not written through this silo, or not known to be. To be called before it is applied.</summary>
    public void HeardForeign(ShardPosition change)
    {
        if (!shards.Contains(change.Shard))
        {
            return; // The feed refuses its row.
        }

        ref var foreign = ref _foreign[change.Shard.Number];
        long before;
        while ((before = Interlocked.Read(ref foreign)) < change.Sequence)
        {
            Interlocked.CompareExchange(ref foreign, change.Sequence, before);
        }
    }
}
