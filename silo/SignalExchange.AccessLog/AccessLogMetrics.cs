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
        _groups = _meter.CreateHistogram<int>(prefix + "group.size", "{entry}", "Entries that shared a durable write.");
        _waits = _meter.CreateHistogram<double>(
            prefix + "append.duration",
            "s",
            "What the first of a group waited, from joining the line to stable storage."
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

    public void NoteBusy() => NoteFailure("busy", 1);

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
