namespace SignalExchange.Audit.Anomalies;

/// <summary>What a member asked in one hour.</summary>
/// <param name="Hour">The hours since 1970.</param>
/// <param name="First">The hour's first entry.</param>
/// <param name="Asked">The sum.</param>
internal sealed record HourCount(long Hour, long First, long Asked);
