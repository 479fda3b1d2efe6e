namespace SignalExchange.Audit.Anomalies;

/// <summary>Something that a rule counts.</summary>
/// <param name="Time">When, in milliseconds since 1970.</param>
/// <param name="Index">The entry.</param>
internal sealed record CountedEvent(long Time, long Index);
