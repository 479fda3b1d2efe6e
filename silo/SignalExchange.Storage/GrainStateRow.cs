namespace SignalExchange.Storage;

/// <summary>A stored grain state.</summary>
/// <param name="ETag">Changes with each write.</param>
/// <param name="Payload">The state.</param>
public sealed record GrainStateRow(string ETag, ReadOnlyMemory<byte> Payload);
