namespace SignalExchange.Storage.AccessLog;

/// <summary>What a log's tail holds.</summary>
/// <param name="First">The first index that the tail still holds; what is in front of it was published and trimmed.</param>
/// <param name="Size">The entries of the log so far; the next one gets this index.</param>
/// <param name="Published">The size of the last checkpoint that <see cref="IAccessLogStore.MarkPublishedAsync"/> was told of.</param>
public readonly record struct AccessLogExtent(long First, long Size, long Published);
