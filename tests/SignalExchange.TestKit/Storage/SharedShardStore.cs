using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>A store that says that it is shared: for several silos in one process. Can be made to fail for one of them.</summary>
public sealed class SharedShardStore(IShardStore inner) : IShardStore
{
    private volatile Exception? _failure;

    /// <summary>Gets or sets what every call fails with from now on; null for none.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    public ShardMap Shards => inner.Shards;

    public bool IsShared => true;

    public bool ReadsHeadsTogether => inner.ReadsHeadsTogether;

    public ShardCommitLimits Limits => inner.Limits;

    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        Working().ReadHeadAsync(shard, cancellationToken);

    public ValueTask<long[]> ReadHeadsAsync(CancellationToken cancellationToken) =>
        Working().ReadHeadsAsync(cancellationToken);

    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        Working().CommitAsync(commit, cancellationToken);

    public IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    ) => Working().ReadLogAsync(shard, afterSequence, cancellationToken);

    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        Working().ReadIndicatorAsync(token, cancellationToken);

    private IShardStore Working() => _failure is { } failure ? throw failure : inner;
}
