namespace SignalExchange.Storage.Archives;

/// <summary>A grain's state. In the order of grain and name, as bytes.</summary>
/// <param name="Name">The state's name.</param>
/// <param name="GrainId">The grain.</param>
/// <param name="ETag">As <see cref="GrainStateRow.ETag"/>.</param>
/// <param name="Payload">The state.</param>
public sealed record ArchivedState(string Name, string GrainId, string ETag, ReadOnlyMemory<byte> Payload)
    : ArchiveRecord(ArchiveKind.State);
