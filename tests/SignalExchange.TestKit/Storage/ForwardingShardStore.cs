using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>A store that asks another one for everything: what a double overrides is what it changes.</summary>
public abstract class ForwardingShardStore(IShardStore inner) : IShardStore
{
    public ShardMap Shards => inner.Shards;

    public virtual ShardCommitLimits Limits => inner.Limits;

    public virtual bool IsShared => inner.IsShared;

    public virtual bool ReadsHeadsTogether => inner.ReadsHeadsTogether;

    /// <summary>Gets the store that calls go to.</summary>
    protected virtual IShardStore Inner => inner;

    public virtual ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        Inner.ReadHeadAsync(shard, cancellationToken);

    public virtual ValueTask<long[]> ReadHeadsAsync(CancellationToken cancellationToken) =>
        Inner.ReadHeadsAsync(cancellationToken);

    public virtual Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        Inner.CommitAsync(commit, cancellationToken);

    public virtual IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    ) => Inner.ReadLogAsync(shard, afterSequence, cancellationToken);

    public virtual ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        Inner.ReadIndicatorAsync(token, cancellationToken);
}
