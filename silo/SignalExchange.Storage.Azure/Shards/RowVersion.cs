using Azure;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>A version of an indicator's row, as the port names it and as the service does.</summary>
/// <param name="Version">The sequence of the change that wrote it.</param>
/// <param name="ETag">The row's.</param>
internal readonly record struct RowVersion(long Version, ETag ETag);
