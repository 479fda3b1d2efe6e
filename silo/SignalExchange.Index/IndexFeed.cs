using Microsoft.Extensions.Logging;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Hands commits to all that is made of the logs, and shards with a gap to <see cref="IndexRepair"/>.</summary>
/// <remarks>Safe from any thread. Rows may come late, twice or not at all: what is missing is read from the log.</remarks>
internal sealed class IndexFeed(
    LocalIndex index,
    IEnumerable<IRowConsumer> consumers,
    ShardMap shards,
    RepairQueue repairs,
    ILogger<IndexFeed> logger
) : ICommitObserver
{
    private readonly IRowConsumer[] _consumers = [.. consumers];

    /// <inheritdoc/>
    public void OnCommitted(LogRow row)
    {
        try
        {
            if (!ApplyToAll(row) && repairs.Add(row.Shard))
            {
                logger.GapFound(row.Shard, index.AppliedSequence(row.Shard), row.LastSequence);
            }
        }
        catch (ArgumentException exception)
        {
            Refuse(row, exception);
        }
    }

    private bool ApplyToAll(LogRow row)
    {
        var isWhole = true;
        foreach (var consumer in _consumers)
        {
            isWhole &= consumer.Apply(row);
        }

        return isWhole;
    }

    // Should a row be broken in the log, too, its shard is never current again: better than answers that lack a change.
    private void Refuse(LogRow row, ArgumentException exception)
    {
        logger.RowRefused(row.Shard, exception);
        if (shards.Contains(row.Shard))
        {
            index.Hear(new(row.Shard, row.LastSequence));
            repairs.Add(row.Shard);
        }
    }
}
