using System.Collections.Concurrent;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests;

/// <summary>A store that silos share, of which each head is a request: it remembers which were asked for.</summary>
internal sealed class OneByOneShardStore(IShardStore inner) : ForwardingShardStore(inner)
{
    private readonly ConcurrentQueue<Shard> _asked = [];

    public override bool IsShared => true;

    public override bool ReadsHeadsTogether => false;

    /// <summary>Returns the shards that were asked for since this was called last.</summary>
    public IReadOnlyList<Shard> TakeAsked()
    {
        var asked = new List<Shard>();
        while (_asked.TryDequeue(out var shard))
        {
            asked.Add(shard);
        }

        return asked;
    }

    public override ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        _asked.Enqueue(shard);
        return base.ReadHeadAsync(shard, cancellationToken);
    }

    public override async ValueTask<long[]> ReadHeadsAsync(CancellationToken cancellationToken)
    {
        var heads = new List<long>();
        foreach (var shard in Shards.All)
        {
            heads.Add(await ReadHeadAsync(shard, cancellationToken));
        }

        return [.. heads];
    }
}
