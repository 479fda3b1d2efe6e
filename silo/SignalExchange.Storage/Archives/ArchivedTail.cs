namespace SignalExchange.Storage.Archives;

/// <summary>A row of an access log's tail. In the order of logs and indexes.</summary>
/// <param name="Log">The log.</param>
/// <param name="FirstIndex">The index of its first record.</param>
/// <param name="Count">Its records.</param>
/// <param name="Records">Their bytes, as <see cref="AccessLog.TailRowCodec"/> draws them; their details are sealed.</param>
public sealed record ArchivedTail(string Log, long FirstIndex, int Count, ReadOnlyMemory<byte> Records)
    : ArchiveRecord(ArchiveKind.Tail);
