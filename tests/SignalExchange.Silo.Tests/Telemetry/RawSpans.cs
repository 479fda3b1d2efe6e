using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>Spans as libraries made them, before anything was redacted. Must be made before the exchange is.</summary>
internal sealed class RawSpans : IDisposable
{
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ActivityListener _listener;

    public RawSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _spans.Enqueue(Span.Of(activity)),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Span> All => _spans;

    /// <summary>Gets all that they say.</summary>
    public byte[] Text => Encoding.UTF8.GetBytes(string.Join('\n', _spans.Select(span => span.Text)));

    public void Dispose() => _listener.Dispose();

    /// <summary>What is known of one.</summary>
    internal sealed record Span(
        string Source,
        string Name,
        ActivityTraceId Trace,
        ActivitySpanId Id,
        ActivitySpanId Parent,
        IReadOnlyList<ActivitySpanId> Links,
        string Text
    )
    {
        public static Span Of(Activity activity) =>
            new(
                activity.Source.Name,
                activity.DisplayName,
                activity.TraceId,
                activity.SpanId,
                activity.ParentSpanId,
                [.. activity.Links.Select(link => link.Context.SpanId)],
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {activity.StatusDescription}"
            );
    }
}
