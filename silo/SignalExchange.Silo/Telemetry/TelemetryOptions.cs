using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Telemetry;

/// <summary>How much the exchange tells about single calls.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Gets or sets the share of traces that are recorded, decided by the trace's id whatever the caller asks for.</summary>
    /// <value>From 0, none, to 1, all. The default is 0.01.</value>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;
}
