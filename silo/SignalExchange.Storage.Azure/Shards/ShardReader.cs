using System.Runtime.CompilerServices;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Reads shards, and remembers the ETags that it sees.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class ShardReader(ShardTables tables, ShardMemory memory)
{
    // A row of 98 changes has some 30 KB; one of the largest, 960.
    private const int RowsPerPage = 100;

    private static readonly string[] VersionOnly = [ShardEntities.Version];
    private static readonly string[] CommitIdOnly = [ShardEntities.CommitId];

    public async Task<ShardHead> HeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        var entity = await tables
            .Of(shard)
            .FindAsync(ShardKeys.Partition(shard), ShardKeys.Head, null, cancellationToken);
        var head = ShardEntities.Head(entity);
        memory.Set(shard, head);
        return head;
    }

    public async Task<IndicatorRow?> IndicatorAsync(Shard shard, Token token, CancellationToken cancellationToken)
    {
        var entity = await tables
            .Of(shard)
            .FindAsync(ShardKeys.Partition(shard), ShardKeys.Indicator(token), null, cancellationToken);
        if (entity is null)
        {
            return null;
        }

        memory.Versions.Set(token, ShardEntities.VersionOf(entity));
        return ShardEntities.Indicator(token, entity);
    }

    /// <summary>Reads the version of an indicator's row alone; null when there is no row.</summary>
    public async Task<RowVersion?> VersionAsync(Shard shard, Token token, CancellationToken cancellationToken)
    {
        var entity = await tables
            .Of(shard)
            .FindAsync(ShardKeys.Partition(shard), ShardKeys.Indicator(token), VersionOnly, cancellationToken);
        return entity is null ? null : ShardEntities.VersionOf(entity);
    }

    /// <summary>Whether the log has a commit's very row.</summary>
    public async Task<bool> HasAsync(LogRow row, CancellationToken cancellationToken)
    {
        var entity = await tables
            .Of(row.Shard)
            .FindAsync(
                ShardKeys.Partition(row.Shard),
                ShardKeys.LogRow(row.LastSequence),
                CommitIdOnly,
                cancellationToken
            );
        return entity is { } && ShardEntities.CommitIdOf(entity) == row.CommitId;
    }

    public async IAsyncEnumerable<LogRow> LogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var pages = tables
            .Of(shard)
            .PagesAsync(
                ShardKeys.Partition(shard),
                ShardKeys.LogRow(afterSequence),
                ShardKeys.LogRow(long.MaxValue),
                RowsPerPage,
                cancellationToken
            );
        await foreach (var page in pages)
        {
            foreach (var entity in page)
            {
                yield return ShardEntities.LogRow(shard, entity);
            }
        }
    }
}
