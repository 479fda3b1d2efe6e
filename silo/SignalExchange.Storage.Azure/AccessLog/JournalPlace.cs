namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>Where a frame of a journal lies.</summary>
/// <param name="Segment">The number of its blob, from 1.</param>
/// <param name="Offset">Its first byte there.</param>
internal readonly record struct JournalPlace(long Segment, long Offset);
