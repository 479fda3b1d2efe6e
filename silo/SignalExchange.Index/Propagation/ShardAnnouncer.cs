using SignalExchange.Storage;

namespace SignalExchange.Index.Propagation;

/// <summary>Takes note of what this silo's shards say, and passes their commits on.</summary>
internal sealed class ShardAnnouncer(OwnedShards owned, ShardProgress progress, RowPublisher publisher)
    : IShardAnnouncer
{
    public void Opened(ShardPosition head) => owned.Set(head);

    public void WroteForAnother(ShardPosition change) => progress.HeardForeign(change);

    public void Committed(LogRow row)
    {
        owned.Set(new(row.Shard, row.LastSequence));
        publisher.Publish(row);
    }

    public void Closed(Shard shard) => owned.Remove(shard);
}
