using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A storage that takes its time with commits, as long as a test wants.</summary>
internal sealed class HeldShardStore(IShardStore inner) : IShardStore
{
    private TaskCompletionSource? _gate;
    private int _held;

    /// <summary>Gets how many commits were held.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <inheritdoc/>
    public ShardMap Shards => inner.Shards;

    /// <summary>Holds commits from now on.</summary>
    public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets them happen.</summary>
    public void Release() => _gate?.TrySetResult();

    /// <inheritdoc/>
    public async Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        if (_gate is { Task.IsCompleted: false } gate)
        {
            Interlocked.Increment(ref _held);
            await gate.Task.WaitAsync(cancellationToken);
        }

        return await inner.CommitAsync(commit, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        inner.ReadHeadAsync(shard, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    ) => inner.ReadLogAsync(shard, afterSequence, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        inner.ReadIndicatorAsync(token, cancellationToken);
}
