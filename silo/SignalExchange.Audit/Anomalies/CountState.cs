namespace SignalExchange.Audit.Anomalies;

/// <summary>The last entries that count, at most 100.</summary>
internal sealed class CountState
{
    /// <summary>Gets or sets them, oldest first.</summary>
    public List<CountedEvent> Events { get; set; } = [];

    /// <summary>Gets or sets until when nothing more is told, in milliseconds since 1970.</summary>
    public long QuietUntil { get; set; }
}
