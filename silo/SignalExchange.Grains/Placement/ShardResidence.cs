using SignalExchange.Clustering;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>Which shards live on this silo, by the membership as it is now. Safe from any thread, and cheap.</summary>
internal sealed class ShardResidence(ClusterView view, ShardMap shards)
{
    /// <summary>Gets the version of the membership that the answers are of.</summary>
    public long Version => view.Current.Version;

    /// <summary>Returns whether a shard's home is this silo.</summary>
    public bool IsHere(Shard shard)
    {
        var shape = view.Current;
        return !shards.Contains(shard) || shape.OwnersOf(shards.Count)[shard.Number].Equals(shape.Local);
    }
}
