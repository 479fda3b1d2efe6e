using System.Runtime.CompilerServices;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.ColdStart;

/// <summary>A storage of which only the ends of the logs are there: all that a start from a fresh snapshot asks for.</summary>
internal sealed class MarkStore(ShardMap shards, IReadOnlyList<long> heads) : IShardStore
{
    public ShardMap Shards => shards;

    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) => new(heads[shard.Number]);

    public async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        if (afterSequence < heads[shard.Number])
        {
            yield return new(shard, heads[shard.Number], CommitId: 0, [default]);
        }
    }

    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
