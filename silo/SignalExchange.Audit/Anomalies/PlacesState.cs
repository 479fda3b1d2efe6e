namespace SignalExchange.Audit.Anomalies;

/// <summary>Where a key was used from lately.</summary>
internal sealed class PlacesState
{
    /// <summary>Gets or sets the places, the one used last at the end.</summary>
    public List<PlaceSeen> Places { get; set; } = [];

    /// <summary>Gets or sets until when nothing more is told, in milliseconds since 1970.</summary>
    public long QuietUntil { get; set; }
}
