using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>The storage of shards: a head, a log and the indicators' states each. The port that every engine implements.</summary>
/// <remarks>
/// Safe from any thread. Failures: <see cref="StorageUnavailableException"/> when nothing was written,
/// <see cref="WriteQueueFullException"/> when too much waits, <see cref="CommitUnknownException"/> when the engine cannot
/// tell whether a commit happened; the caller then reads head and log again. The conformance suite in TestKit is the
/// specification.
/// </remarks>
public interface IShardStore
{
    /// <summary>Gets the exchange's shards, as the storage was created with.</summary>
    ShardMap Shards { get; }

    /// <summary>Gets the largest commit that the engine takes.</summary>
    ShardCommitLimits Limits => ShardCommitLimits.None;

    /// <summary>Gets whether other silos write to the same storage: then nobody knows of a shard what nobody has asked for lately.</summary>
    bool IsShared => false;

    /// <summary>Gets whether <see cref="ReadHeadsAsync"/> is one request, however many shards there are; else it is one for each of them.</summary>
    bool ReadsHeadsTogether => true;

    /// <summary>Reads the sequence of a shard's last change; 0 for a shard without changes.</summary>
    ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken);

    /// <summary>Reads the heads of all shards, in order: each as it was when this was called, or later.</summary>
    async ValueTask<long[]> ReadHeadsAsync(CancellationToken cancellationToken)
    {
        var heads = new long[Shards.Count];
        foreach (var shard in Shards.All)
        {
            heads[shard.Number] = await ReadHeadAsync(shard, cancellationToken);
        }

        return heads;
    }

    /// <summary>Commits. Returns after the data is on stable storage.</summary>
    /// <param name="commit">The transaction.</param>
    /// <param name="cancellationToken">Honoured while the commit waits; once it runs, its outcome is awaited.</param>
    Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken);

    /// <summary>Reads a shard's log in order.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="afterSequence">Rows whose last sequence is greater are returned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<LogRow> ReadLogAsync(Shard shard, long afterSequence, CancellationToken cancellationToken);

    /// <summary>Reads an indicator's state; null when there is none.</summary>
    ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken);
}
