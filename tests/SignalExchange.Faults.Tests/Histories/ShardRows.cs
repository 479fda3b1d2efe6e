namespace SignalExchange.Faults.Tests.Histories;

/// <summary>A shard's log as the storage has it afterwards.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Head">Where it ends.</param>
/// <param name="Rows">The first and the last sequence of each row, in order.</param>
internal sealed record ShardRows(int Shard, ulong Head, IReadOnlyList<(ulong First, ulong Last)> Rows);
