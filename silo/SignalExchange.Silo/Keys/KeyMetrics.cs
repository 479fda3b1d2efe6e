using System.Diagnostics.Metrics;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Keys;

/// <summary>What the key service does, in numbers, on the meter <see cref="MeterName"/>.</summary>
/// <remarks><c>signalexchange.key.evaluations</c>, by <c>indicator_type</c>: what an enumerating member would drive up.</remarks>
internal sealed class KeyMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Keys";

    private readonly Counter<long> _evaluations;

    /// <summary>Creates the instrument.</summary>
    public KeyMetrics(IMeterFactory meters) =>
        _evaluations = meters
            .Create(MeterName)
            .CreateCounter<long>("signalexchange.key.evaluations", "{evaluation}", "VOPRF evaluations made.");

    /// <summary>Counts the evaluations of a batch.</summary>
    public void Evaluated(IndicatorType type, int count) =>
        _evaluations.Add(count, new KeyValuePair<string, object?>("indicator_type", type.ToString()));
}
