namespace SignalExchange.Index;

/// <summary>A place in a shard's log, and by what commit it was reached: the same sequence of another history has another commit.</summary>
/// <param name="Sequence">The sequence of the last change; 0 before the first.</param>
/// <param name="CommitId">The commit that made the change; 0 before the first.</param>
internal readonly record struct ShardMark(long Sequence, UInt128 CommitId);
