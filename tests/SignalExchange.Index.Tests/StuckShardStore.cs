using System.Runtime.CompilerServices;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

/// <summary>A store whose logs never come.</summary>
internal sealed class StuckShardStore(ShardMap shards) : IShardStore
{
    private readonly TaskCompletionSource _reading = new();

    public ShardMap Shards => shards;

    /// <summary>Gets a task that ends when somebody waits for a log.</summary>
    public Task Reading => _reading.Task;

    public async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        _reading.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield break;
    }

    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) => new(0);

    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
