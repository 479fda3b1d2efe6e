namespace SignalExchange.Index.Snapshots;

/// <summary>A snapshot cannot be used; the index is made from the logs. The message says why, in words for an operator.</summary>
internal sealed class SnapshotRefusedException(string message) : Exception(message);
