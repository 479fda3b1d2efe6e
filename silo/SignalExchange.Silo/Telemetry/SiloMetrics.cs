using System.Diagnostics.Metrics;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Load;

namespace SignalExchange.Silo.Telemetry;

/// <summary>How this silo is, on the meter <see cref="MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.silo.ready</term><description>by <c>part</c> (index, registry, start, access_log) 1 or 0; alert at 0</description></item>
/// <item><term>signalexchange.load.waiting_calls</term><description>calls that wait for a place</description></item>
/// <item><term>signalexchange.load.entered_calls</term><description>calls and batches that were let in</description></item>
/// </list>
/// </remarks>
internal sealed class SiloMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Silo";

    /// <summary>Creates the instruments.</summary>
    public SiloMetrics(IMeterFactory meters, ReadinessCheck readiness, CallGate gate)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "signalexchange.silo.ready",
            () => readiness.Parts.Select(it => Of(it.Name, it.IsReady)),
            "1",
            "Whether a part of this silo is ready: 1 or 0."
        );
        meter.CreateObservableUpDownCounter(
            "signalexchange.load.waiting_calls",
            () => gate.Waiting,
            "{call}",
            "Calls that wait for a place."
        );
        meter.CreateObservableCounter(
            "signalexchange.load.entered_calls",
            () => gate.Entered,
            "{call}",
            "Calls and batches that were let in."
        );
    }

    private static Measurement<int> Of(string part, bool isReady) =>
        new(isReady ? 1 : 0, new KeyValuePair<string, object?>("part", part));
}
