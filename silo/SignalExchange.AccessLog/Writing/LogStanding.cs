namespace SignalExchange.AccessLog.Writing;

/// <summary>How the log stands.</summary>
/// <param name="IsWritable">Whether the last thing that it was asked to write was written.</param>
/// <param name="HeadSize">The entries on stable storage.</param>
/// <param name="PublishedSize">The entries under the published checkpoint.</param>
/// <param name="Reason">What is wrong; null when nothing is. No content.</param>
public sealed record LogStanding(bool IsWritable, long HeadSize, long PublishedSize, string? Reason);
