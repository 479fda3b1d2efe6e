using System.Runtime.CompilerServices;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests.Snapshots;

/// <summary>Counts the rows that are read.</summary>
internal sealed class CountingShardStore(IShardStore store) : IShardStore
{
    private int _rows;

    public ShardMap Shards => store.Shards;

    public int RowsRead => _rows;

    public async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in store.ReadLogAsync(shard, afterSequence, cancellationToken))
        {
            Interlocked.Increment(ref _rows);
            yield return row;
        }
    }

    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        store.ReadHeadAsync(shard, cancellationToken);

    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        store.CommitAsync(commit, cancellationToken);

    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        store.ReadIndicatorAsync(token, cancellationToken);
}
