using Azure;
using Azure.Data.Tables;
using SignalExchange.Storage.Archives;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>A commit as the actions of one transaction: the head first, which decides, then the indicators, then the log's row.</summary>
/// <param name="commit">The commit.</param>
internal sealed class ShardBatch(ShardCommit commit)
{
    private readonly ArchivedLogRow _row = new(
        commit.Row.Shard,
        commit.Row.FirstSequence,
        commit.Row.LastSequence,
        commit.Row.CommitId,
        LogRowCodec.Encode(commit.Row.Changes)
    );

    /// <summary>Returns the actions.</summary>
    /// <param name="head">The head, which stands where the commit expects it.</param>
    /// <param name="etags">The ETag of each indicator's row, in their order; null where there must be none.</param>
    public IReadOnlyList<TableTransactionAction> Actions(ShardHead head, IReadOnlyList<ETag?> etags) =>
        [
            Action(ShardEntities.OfHead(commit.Row.Shard, commit.Row.LastSequence), head.ETag),
            .. commit.Indicators.Select(
                (write, i) =>
                    Action(
                        ShardEntities.OfIndicator(commit.Row.Shard, write.Token, write.NewVersion, write.State),
                        etags[i]
                    )
            ),
            Action(ShardEntities.OfLogRow(_row), null),
        ];

    /// <summary>Notes the rows' new ETags.</summary>
    /// <param name="etags">In the order of the actions.</param>
    /// <param name="memory">Where to.</param>
    public void Remember(IReadOnlyList<ETag> etags, ShardMemory memory)
    {
        memory.Set(commit.Row.Shard, new(commit.Row.LastSequence, etags[0]));
        for (var i = 0; i < commit.Indicators.Count; i++)
        {
            var write = commit.Indicators[i];
            memory.Versions.Set(write.Token, new(write.NewVersion, etags[i + 1]));
        }
    }

    private static TableTransactionAction Action(TableEntity entity, ETag? etag) =>
        etag is { } expected
            ? new(TableTransactionActionType.UpdateReplace, entity, expected)
            : new(TableTransactionActionType.Add, entity);
}
