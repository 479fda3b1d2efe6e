using System.Diagnostics.Metrics;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Quotas;

/// <summary>What quotas tell a dashboard, on the meter <see cref="MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.quota.leases</term><description>parts of allowances handed out to silos, by <c>kind</c></description></item>
/// <item><term>signalexchange.quota.refusals</term><description>batches refused, by <c>reason</c></description></item>
/// <item><term>signalexchange.quota.enumeration_alarms</term><description>days of members that look like a sweep; alert above 0</description></item>
/// </list>
/// </remarks>
public sealed class QuotaMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Quotas";

    private readonly Counter<long> _leases;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _alarms;

    /// <summary>Creates the instruments.</summary>
    public QuotaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _leases = meter.CreateCounter<long>("signalexchange.quota.leases", "{lease}", "Leases handed out.");
        _refusals = meter.CreateCounter<long>("signalexchange.quota.refusals", "{batch}", "Batches refused.");
        _alarms = meter.CreateCounter<long>(
            "signalexchange.quota.enumeration_alarms",
            "{alarm}",
            "Days of members with much asked and almost nothing known."
        );
    }

    /// <summary>Counts a batch that was refused.</summary>
    public void Refused(ErrorReason reason) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", ErrorCatalog.NameOf(reason)));

    /// <summary>Makes every series there is, at zero: of one that begins with its first event, Prometheus sees no increase.</summary>
    public void ShowZeros()
    {
        _alarms.Add(0);
        foreach (
            var reason in new[]
            {
                ErrorReason.BurstLimit,
                ErrorReason.QuotaEvaluationsSpent,
                ErrorReason.QuotaTokensSpent,
                ErrorReason.QuotaSubmissionsSpent,
                ErrorReason.QuotaWithdrawalsSpent,
                ErrorReason.QuotaRegistrationsSpent,
            }
        )
        {
            _refusals.Add(0, new KeyValuePair<string, object?>("reason", ErrorCatalog.NameOf(reason)));
        }
    }

    internal void Leased(string kind) => _leases.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void AlarmRaised() => _alarms.Add(1);
}
