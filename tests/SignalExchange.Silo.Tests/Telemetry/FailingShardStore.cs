using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A storage whose errors tell everything that they should not: of one indicator, with its token in every form.</summary>
internal sealed class FailingShardStore(IShardStore inner) : IShardStore
{
    /// <summary>Gets or sets the token whose row cannot be read; null for none.</summary>
    public Token? Lost { get; set; }

    /// <inheritdoc/>
    public ShardMap Shards => inner.Shards;

    /// <inheritdoc/>
    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        inner.ReadHeadAsync(shard, cancellationToken);

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        inner.CommitAsync(commit, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    ) => inner.ReadLogAsync(shard, afterSequence, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        token == Lost
            ? throw new InvalidOperationException(
                $"Row {token.ToKeyString()} ({Convert.ToBase64String(token.ToArray())}) is lost.",
                new KeyNotFoundException(BitConverter.ToString(token.ToArray()))
            )
            : inner.ReadIndicatorAsync(token, cancellationToken);
}
