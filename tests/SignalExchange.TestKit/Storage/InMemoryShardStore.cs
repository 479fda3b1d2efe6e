using System.Runtime.CompilerServices;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>A shard store that forgets: for tests of what stands on the port, not of durability.</summary>
/// <remarks>Safe from any thread. Keeps every rule of <see cref="IShardStore"/> but the stable storage.</remarks>
public sealed class InMemoryShardStore(ShardMap shards) : IShardStore
{
    private readonly Lock _lock = new();
    private readonly List<LogRow>[] _logs = [.. shards.All.Select(_ => new List<LogRow>())];
    private readonly Dictionary<Token, IndicatorRow> _indicators = [];
    private volatile Exception? _failure;

    /// <inheritdoc/>
    public ShardMap Shards => shards;

    /// <summary>Gets or sets what every call fails with from now on; null for none.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <inheritdoc/>
    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        ThrowIfFailing(cancellationToken);
        lock (_lock)
        {
            return new(HeadOf(shard));
        }
    }

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        ThrowIfFailing(cancellationToken);
        lock (_lock)
        {
            return Task.FromResult(Commit(commit));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var row in RowsAfter(shard, afterSequence))
        {
            await Task.Yield();
            ThrowIfFailing(cancellationToken);
            yield return row;
        }

        ThrowIfFailing(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken)
    {
        ThrowIfFailing(cancellationToken);
        lock (_lock)
        {
            return new(_indicators.GetValueOrDefault(token));
        }
    }

    private CommitOutcome Commit(ShardCommit commit)
    {
        if (commit.ExpectedHead != HeadOf(commit.Row.Shard))
        {
            return CommitOutcome.StaleHead;
        }

        if (commit.Indicators.Any(write => VersionOf(write.Token) != write.ExpectedVersion))
        {
            return CommitOutcome.StaleIndicator;
        }

        _logs[commit.Row.Shard.Number].Add(commit.Row);
        foreach (var write in commit.Indicators)
        {
            _indicators[write.Token] = new(write.Token, write.NewVersion, write.State);
        }

        return CommitOutcome.Committed;
    }

    private LogRow[] RowsAfter(Shard shard, long sequence)
    {
        lock (_lock)
        {
            return [.. _logs[shard.Number].Where(row => row.LastSequence > sequence)];
        }
    }

    private long HeadOf(Shard shard) => _logs[shard.Number] is [.., var last] ? last.LastSequence : 0;

    private long VersionOf(Token token) => _indicators.TryGetValue(token, out var row) ? row.Version : 0;

    private void ThrowIfFailing(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is { } failure)
        {
            throw failure;
        }
    }
}
