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

    public void Dispose() => _meter.Dispose();

    private void NoteFailure(string reason, int entries) =>
        _failures.Add(entries, new KeyValuePair<string, object?>("reason", reason));
}
