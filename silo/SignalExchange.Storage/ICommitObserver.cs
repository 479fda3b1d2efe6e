namespace SignalExchange.Storage;

/// <summary>Hears of commits: of this silo's shards after they are durable and before they are acknowledged, of others' a little later.</summary>
/// <remarks>
/// The one entry of rows, whoever brings them. What another silo's shard committed may come late, twice, out of order or not at all;
/// what is missing is read from the log. Called from any thread. Must be quick and must not throw.
/// </remarks>
public interface ICommitObserver
{
    /// <summary>Takes note of a durable log row.</summary>
    void OnCommitted(LogRow row);
}
