namespace SignalExchange.AccessLog.Publishing;

/// <summary>What a checkpoint says, its signature checked.</summary>
/// <param name="Size">The entries under it.</param>
/// <param name="Root">The root of their tree.</param>
internal sealed record Checkpointed(long Size, byte[] Root);
