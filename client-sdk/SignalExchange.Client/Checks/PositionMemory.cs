using System.Collections.Concurrent;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Checks;

/// <summary>The newest position in each shard that this client wrote at, so that its checks see its own writes.</summary>
internal sealed class PositionMemory
{
    private readonly ConcurrentDictionary<uint, ulong> _newest = new();

    public void Remember(Position? position)
    {
        if (position is not null)
        {
            _newest.AddOrUpdate(
                position.Shard,
                static (_, sequence) => sequence,
                static (_, known, sequence) => Math.Max(known, sequence),
                position.Sequence
            );
        }
    }

    /// <summary>Returns the positions; at most one a shard, so as many as an exchange has shards.</summary>
    public IEnumerable<Position> All =>
        _newest.Select(entry => new Position { Shard = entry.Key, Sequence = entry.Value });
}
