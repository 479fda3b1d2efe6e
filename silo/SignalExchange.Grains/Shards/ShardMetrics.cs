using System.Diagnostics.Metrics;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Shards;

/// <summary>What this silo's shards tell a dashboard, on the meter <see cref="MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.shard.commit.duration</term><description>from a group's first try to its end, by <c>outcome</c></description></item>
/// <item><term>signalexchange.shard.commit.changes</term><description>changes that shared a commit</description></item>
/// <item><term>signalexchange.shard.waiting_writes</term><description>writes that wait in all shards of this silo</description></item>
/// <item><term>signalexchange.shard.fences</term><description>activations that stopped writing; alert when they go on</description></item>
/// </list>
/// </remarks>
public sealed class ShardMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Shards";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    };

    private readonly Histogram<double> _durations;
    private readonly Histogram<int> _changes;
    private readonly Counter<long> _fences;
    private long _waiting;

    /// <summary>Creates the instruments.</summary>
    public ShardMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _durations = meter.CreateHistogram(
            "signalexchange.shard.commit.duration",
            "s",
            "How long a shard's commit took, by outcome.",
            tags: null,
            Durations
        );
        _changes = meter.CreateHistogram(
            "signalexchange.shard.commit.changes",
            "{change}",
            "Changes that shared a commit.",
            tags: null,
            Sizes
        );
        _fences = meter.CreateCounter<long>(
            "signalexchange.shard.fences",
            "{activation}",
            "Activations of shards that stopped writing, since another took over or what is stored was unknown."
        );
        _fences.Add(0); // Of a series that begins with its first event, Prometheus sees no increase.
        meter.CreateObservableUpDownCounter(
            "signalexchange.shard.waiting_writes",
            () => WaitingWrites,
            "{write}",
            "Writes that wait in the shards of this silo."
        );
    }

    /// <summary>Gets the writes that wait in the shards of this silo.</summary>
    public long WaitingWrites => Interlocked.Read(ref _waiting);

    internal void Queued() => Interlocked.Increment(ref _waiting);

    internal void Dequeued(int writes) => Interlocked.Add(ref _waiting, -writes);

    internal void Fenced() => _fences.Add(1);

    internal void Committed(int changes, TimeSpan elapsed, string outcome)
    {
        _durations.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        _changes.Record(changes);
    }

    /// <summary>Names an outcome: a closed set.</summary>
    internal static string NameOf(CommitOutcome outcome) =>
        outcome switch
        {
            CommitOutcome.Committed => "committed",
            CommitOutcome.StaleHead => "stale_head",
            CommitOutcome.StaleIndicator => "stale_indicator",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };
}
