namespace SignalExchange.Storage.Archives;

/// <summary>A row of a shard's log. In the order of shards and sequences.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="FirstSequence">The sequence of its first change.</param>
/// <param name="LastSequence">The sequence of its last change.</param>
/// <param name="CommitId">As <see cref="LogRow.CommitId"/>.</param>
/// <param name="Changes">The changes, as <see cref="LogRowCodec"/> draws them.</param>
public sealed record ArchivedLogRow(
    Shard Shard,
    long FirstSequence,
    long LastSequence,
    UInt128 CommitId,
    ReadOnlyMemory<byte> Changes
) : ArchiveRecord(ArchiveKind.LogRow);
