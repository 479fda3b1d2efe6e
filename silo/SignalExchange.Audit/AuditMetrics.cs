using System.Diagnostics.Metrics;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit;

/// <summary>What the audit of the log tells a dashboard, on the meter <see cref="MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.audit.open_alarms</term><description>alarms that no auditor has acknowledged, by <c>rule</c>; alert above 0</description></item>
/// <item><term>signalexchange.audit.indexed</term><description>entries of the log that the rules have looked at</description></item>
/// </list>
/// </remarks>
public sealed class AuditMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Audit";

    private static readonly AnomalyRule[] Rules =
    [
        .. Enum.GetValues<AnomalyRule>().Where(rule => rule is not AnomalyRule.Unspecified),
    ];

    private readonly Meter _meter = new(MeterName);
    private volatile IReadOnlyDictionary<AnomalyRule, long>? _openAlarms;
    private long _indexed;

    /// <summary>Creates the instruments.</summary>
    public AuditMetrics()
    {
        _meter.CreateObservableUpDownCounter(
            "signalexchange.audit.open_alarms",
            Measure,
            "{alarm}",
            "Alarms that no auditor has acknowledged."
        );
        _meter.CreateObservableGauge(
            "signalexchange.audit.indexed",
            () => Interlocked.Read(ref _indexed),
            "{entry}",
            "Entries of the log that the rules have looked at."
        );
    }

    /// <summary>Gets how many alarms are open, whatever rule raised them.</summary>
    public long OpenAlarms => _openAlarms?.Values.Sum() ?? 0;

    /// <summary>Notes how many alarms are open, by rule; a rule that is absent has none.</summary>
    public void NoteOpenAlarms(IReadOnlyDictionary<AnomalyRule, long> alarms) => _openAlarms = alarms;

    /// <summary>Notes how far the log was looked at.</summary>
    public void NoteIndexed(long size) => Interlocked.Exchange(ref _indexed, size);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Measure() =>
        _openAlarms is { } open
            ? Rules.Select(rule => new Measurement<long>(
                open.GetValueOrDefault(rule),
                new KeyValuePair<string, object?>("rule", rule.ToString())
            ))
            : [];
}
