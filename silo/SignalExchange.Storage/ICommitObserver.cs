namespace SignalExchange.Storage;

/// <summary>Hears of every commit of this silo's shards, after it is durable and before it is acknowledged.</summary>
/// <remarks>Called by the shard that committed, in the order of its log. Must be quick and must not throw.</remarks>
public interface ICommitObserver
{
    /// <summary>Takes note of a durable log row.</summary>
    void OnCommitted(LogRow row);
}
