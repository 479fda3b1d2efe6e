using System.Collections.Concurrent;
using SignalExchange.Contracts;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests;

/// <summary>A store that silos share, of which each head is a request: it remembers which were asked for.</summary>
internal sealed class OneByOneShardStore(InMemoryShardStore memory) : IShardStore
{
    private readonly ConcurrentQueue<Shard> _asked = [];

    public ShardMap Shards => memory.Shards;

    public bool IsShared => true;

    public bool ReadsHeadsTogether => false;

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

    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        _asked.Enqueue(shard);
        return memory.ReadHeadAsync(shard, cancellationToken);
    }

    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        memory.CommitAsync(commit, cancellationToken);

    public IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    ) => memory.ReadLogAsync(shard, afterSequence, cancellationToken);

    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        memory.ReadIndicatorAsync(token, cancellationToken);
}
