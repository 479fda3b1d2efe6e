using System.Collections.Concurrent;
using SignalExchange.Storage;

namespace SignalExchange.Index.Propagation;

/// <summary>The shards whose writers are on this silo, and where they stand. Safe from any thread.</summary>
internal sealed class OwnedShards
{
    private readonly ConcurrentDictionary<Shard, long> _heads = new();

    /// <summary>Takes note of where a shard's writer stands.</summary>
    public void Set(ShardPosition head) => _heads[head.Shard] = head.Sequence;

    /// <summary>Takes note that it is here no longer.</summary>
    public void Remove(Shard shard) => _heads.TryRemove(shard, out _);

    /// <summary>Returns where each stands now.</summary>
    public OwnedHead[] Heads() => [.. _heads.Select(head => new OwnedHead(head.Key.Number, head.Value))];
}
