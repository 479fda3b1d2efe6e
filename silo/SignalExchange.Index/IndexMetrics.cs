using System.Diagnostics.Metrics;
using SignalExchange.Clustering;
using SignalExchange.Index.Freshness;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>What the index tells a dashboard, on the meter <see cref="MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.index.indicators</term><description>indicators held</description></item>
/// <item><term>signalexchange.index.memory</term><description>bytes that they take</description></item>
/// <item><term>signalexchange.index.stale_shards</term><description>shards that are not current; alert above 0</description></item>
/// <item><term>signalexchange.index.lag</term><description>changes that the shard furthest behind was told of and lacks</description></item>
/// <item><term>signalexchange.index.applied_changes</term><description>changes applied since the first of the exchange</description></item>
/// <item><term>signalexchange.index.received_rows</term><description>log rows that other silos brought</description></item>
/// <item><term>signalexchange.index.dropped_rows</term><description>log rows that could not be brought to another silo</description></item>
/// <item><term>signalexchange.index.repairs</term><description>repairs of a shard, by <c>outcome</c>: repaired, failed</description></item>
/// </list>
/// </remarks>
public sealed class IndexMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Index";

    private readonly Counter<long> _repairs;
    private readonly Counter<long> _received;
    private readonly Counter<long> _dropped;

    /// <summary>Creates the instruments.</summary>
    public IndexMetrics(
        IMeterFactory meters,
        LocalIndex index,
        IndexFreshness freshness,
        ShardMap shards,
        TimeProvider time
    )
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter(
            "signalexchange.index.indicators",
            () => index.Count,
            "{indicator}",
            "Indicators held."
        );
        meter.CreateObservableUpDownCounter(
            "signalexchange.index.memory",
            () => index.MemoryBytes,
            "By",
            "Memory that the indicators take."
        );
        meter.CreateObservableUpDownCounter(
            "signalexchange.index.stale_shards",
            () => shards.All.Count(shard => !freshness.IsCurrent(shard, Moment.Now(time))),
            "{shard}",
            "Shards of which changes are missing, or may be."
        );
        meter.CreateObservableUpDownCounter(
            "signalexchange.index.lag",
            () => index.Lag,
            "{change}",
            "Changes that the shard furthest behind was told of and lacks."
        );
        meter.CreateObservableCounter(
            "signalexchange.index.applied_changes",
            () => shards.All.Sum(index.AppliedSequence),
            "{change}",
            "Changes applied."
        );
        _repairs = meter.CreateCounter<long>("signalexchange.index.repairs", "{repair}", "Repairs of a shard.");
        _received = meter.CreateCounter<long>("signalexchange.index.received_rows", "{row}", "Rows brought by silos.");
        _dropped = meter.CreateCounter<long>(
            "signalexchange.index.dropped_rows",
            "{row}",
            "Rows not brought to silos."
        );
    }

    /// <summary>Makes every series there is, at zero: of one that begins with its first event, Prometheus sees no increase.</summary>
    public void ShowZeros()
    {
        _repairs.Add(0, new KeyValuePair<string, object?>("outcome", "repaired"));
        _repairs.Add(0, new KeyValuePair<string, object?>("outcome", "failed"));
        _received.Add(0);
        _dropped.Add(0);
    }

    internal void Received(int rows) => _received.Add(rows);

    internal void Dropped(int rows) => _dropped.Add(rows);

    internal void Repaired() => _repairs.Add(1, new KeyValuePair<string, object?>("outcome", "repaired"));

    internal void RepairFailed() => _repairs.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
}
