namespace SignalExchange.Storage;

/// <summary>Something in memory that is made of the shards' logs, on every silo alike.</summary>
/// <remarks>Fed by the commits that are heard of and by reading the log; safe from any thread.</remarks>
public interface IRowConsumer
{
    /// <summary>Returns the sequence up to which a shard's log was applied; 0 at first.</summary>
    long AppliedSequence(Shard shard);

    /// <summary>Applies a row of a shard's log: idempotent, and in order or not at all.</summary>
    /// <param name="row">The row. Changes that were applied before are passed over.</param>
    /// <returns>False when changes before the row are missing; nothing was applied then.</returns>
    /// <exception cref="ArgumentException">The row's shard does not exist, or is not that of its tokens.</exception>
    bool Apply(LogRow row);
}
