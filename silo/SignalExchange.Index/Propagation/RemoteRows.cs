using Microsoft.Extensions.Logging;
using SignalExchange.Storage;

namespace SignalExchange.Index.Propagation;

/// <summary>Takes in what other silos' shards committed.</summary>
internal sealed class RemoteRows(
    IEnumerable<ICommitObserver> observers,
    ShardProgress progress,
    IndexMetrics metrics,
    ILogger<RemoteRows> logger
)
{
    private readonly ICommitObserver[] _observers = [.. observers];

    /// <summary>Hands the rows on, in order. Never throws: what cannot be read is missing, and read from the log.</summary>
    public void Take(CommittedRow[] rows)
    {
        foreach (var packed in rows)
        {
            try
            {
                Take(packed.ToLogRow());
            }
            catch (StorageFormatException exception)
            {
                logger.RowUnreadable(new(packed.Shard), exception);
            }
        }

        metrics.Received(rows.Length);
    }

    private void Take(LogRow row)
    {
        progress.HeardForeign(new(row.Shard, row.LastSequence));
        foreach (var observer in _observers)
        {
            observer.OnCommitted(row);
        }
    }
}
