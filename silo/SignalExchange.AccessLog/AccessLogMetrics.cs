using System.Diagnostics.Metrics;
using SignalExchange.AccessLog.Writing;

namespace SignalExchange.AccessLog;

/// <summary>The numbers of the access log, in OpenTelemetry's names.</summary>
internal sealed class AccessLogMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.AccessLog";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _appends;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _publishingFailures;
    private readonly Counter<long> _clockHolds;
    private readonly Histogram<int> _groups;
    private readonly Histogram<double> _waits;
    private int _witnesses;
    private int _requiredWitnesses;

    /// <summary>Creates the instruments.</summary>
    public AccessLogMetrics(LogState state)
    {
        const string prefix = "signalexchange.access_log.";
        _appends = _meter.CreateCounter<long>(prefix + "appends", "{entry}", "Entries that are on stable storage.");
        _failures = _meter.CreateCounter<long>(
            prefix + "append.failures",
            "{entry}",
            "Entries whose callers were told that they can't answer, by reason: busy, failed, timeout."
        );
        _publishingFailures = _meter.CreateCounter<long>(
            prefix + "publish.failures",
            "{attempt}",
            "Attempts to publish that failed."
        );
        _clockHolds = _meter.CreateCounter<long>(
            prefix + "clock.holds",
            "{group}",
            "Groups whose time was held because the clock had jumped back."
        );
        _groups = _meter.CreateHistogram(
            prefix + "group.size",
            "{entry}",
            "Entries that shared a durable write.",
            tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000] }
        );
        _waits = _meter.CreateHistogram(
            prefix + "append.duration",
            "s",
            "What the first of a group waited, from joining the line to stable storage.",
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
            }
        );
        _meter.CreateObservableGauge(prefix + "head", () => state.Head, "{entry}", "Entries on stable storage.");
        _meter.CreateObservableGauge(
            prefix + "published",
            () => state.Published,
            "{entry}",
            "Entries under the published checkpoint."
        );
        _meter.CreateObservableGauge(
            prefix + "checkpoint.age",
            () => state.CheckpointAge is { } age ? [new(age.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "How long ago the last checkpoint was published; grows while nothing is written."
        );
        _meter.CreateObservableGauge(
            prefix + "unpublished.age",
            () => state.UnpublishedAge.TotalSeconds,
            "s",
            "How long there have been entries that no published checkpoint speaks of."
        );
        _meter.CreateObservableGauge(
            prefix + "witnesses",
            () => Volatile.Read(ref _witnesses),
            "{witness}",
            "Witnesses that signed the last checkpoint."
        );
        _meter.CreateObservableGauge(
            prefix + "witnesses.required",
            () => Volatile.Read(ref _requiredWitnesses),
            "{witness}",
            "Witnesses that must sign before a checkpoint is published."
        );
    }

    public void NoteGroup(int entries, TimeSpan longestWait)
    {
        _appends.Add(entries);
        _groups.Record(entries);
        _waits.Record(longestWait.TotalSeconds);
    }

    /// <summary>Makes every series there is, at zero: of one that begins with its first event, Prometheus sees no increase.</summary>
    public void ShowZeros()
    {
        NoteBusy(0);
        NoteFailed(0);
        NoteTimeouts(0);
        _publishingFailures.Add(0);
        _clockHolds.Add(0);
    }

    public void NoteBusy(int entries = 1) => NoteFailure("busy", entries);

    public void NoteFailed(int entries) => NoteFailure("failed", entries);

    public void NoteTimeouts(int entries) => NoteFailure("timeout", entries);

    public void NoteClockHeld() => _clockHolds.Add(1);

    public void NotePublishingFailed() => _publishingFailures.Add(1);

    public void NoteWitnesses(int signed, int required)
    {
        Volatile.Write(ref _witnesses, signed);
        Volatile.Write(ref _requiredWitnesses, required);
    }

    public void Dispose() => _meter.Dispose();

    private void NoteFailure(string reason, int entries) =>
        _failures.Add(entries, new KeyValuePair<string, object?>("reason", reason));
}
