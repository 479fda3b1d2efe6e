namespace SignalExchange.Index.Snapshots;

/// <summary>A part of a snapshot.</summary>
/// <param name="Place">Where its first piece begins in the file.</param>
/// <param name="Bytes">Its bytes, without tags.</param>
internal readonly record struct SnapshotSection(long Place, long Bytes);
