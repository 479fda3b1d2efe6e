namespace SignalExchange.Audit.Anomalies;

/// <summary>A twelfth of a window.</summary>
/// <param name="Number">Its time in bucket widths since 1970.</param>
/// <param name="First">Its first entry.</param>
/// <param name="All">What was counted.</param>
/// <param name="Some">A part of it.</param>
internal sealed record WindowBucket(long Number, long First, long All, long Some);
