using Azure;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>A shard's head as it was read or written.</summary>
/// <param name="Sequence">The sequence of the last change; 0 for none.</param>
/// <param name="ETag">The row's; null when there is no row yet.</param>
/// <param name="IsHeld">Whether a backup takes its moment: see <see cref="ShardHolds"/>.</param>
internal sealed record ShardHead(long Sequence, ETag? ETag, bool IsHeld = false);
