namespace SignalExchange.Storage;

/// <summary>One group commit in a shard's log: one or more changes with consecutive sequences.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="FirstSequence">The sequence of the first change; the row before ends one below it.</param>
/// <param name="CommitId">Random, made by the writer: tells its own row from another's after a lost reply.</param>
/// <param name="Changes">The changes, in order; at least one.</param>
public sealed record LogRow(Shard Shard, long FirstSequence, UInt128 CommitId, IReadOnlyList<ShardChange> Changes)
{
    /// <summary>Gets the sequence of the last change.</summary>
    public long LastSequence => FirstSequence + Changes.Count - 1;
}
