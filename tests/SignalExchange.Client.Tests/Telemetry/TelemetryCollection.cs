namespace SignalExchange.Client.Tests.Telemetry;

/// <summary>Instruments are one for the process, so nothing else may run beside those who listen.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryCollection;
