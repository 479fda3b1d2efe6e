using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>For a silo that has nobody to tell.</summary>
internal sealed class NoAnnouncer : IShardAnnouncer
{
    public void Opened(ShardPosition head) { }

    public void WroteForAnother(ShardPosition change) { }

    public void Committed(LogRow row) { }

    public void Closed(Shard shard) { }
}
