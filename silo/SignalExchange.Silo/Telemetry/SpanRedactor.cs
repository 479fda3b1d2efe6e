using System.Diagnostics;
using OpenTelemetry;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Takes out of a span whatever may name somebody or something, before any exporter sees it.</summary>
/// <remarks>
/// Attributes pass only if <see cref="SpanAttributes"/> names them. Events and links cannot be changed any more, so a span is withheld as a whole if
/// one of theirs would have to be. A caller's <c>tracestate</c> may hold anything and is dropped when the span begins.
/// </remarks>
internal sealed class SpanRedactor : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnStart(Activity data) => data.TraceStateString = null;

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        foreach (var (key, value) in data.TagObjects.ToList())
        {
            var kept = Kept(key, value);
            if (!ReferenceEquals(kept, value))
            {
                data.SetTag(key, kept); // Null takes it away.
            }
        }

        data.DisplayName = Redaction.Cut(data.DisplayName);
        if (data.StatusDescription is { } description)
        {
            data.SetStatus(data.Status, Redaction.Cut(description));
        }

        if (!IsClean(data))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // Exporters pass over it.
        }
    }

    private static object? Kept(string key, object? value) =>
        value switch
        {
            string text when SpanAttributes.GrainIds.Contains(key) => Redaction.CutKey(text),
            string text when SpanAttributes.Plain.Contains(key) || SpanAttributes.Prose.Contains(key) => Redaction.Cut(
                text
            ),
            bool or int or long or double when SpanAttributes.Plain.Contains(key) => value,
            _ => null,
        };

    private static bool IsClean(Activity span) =>
        span.Events.All(it => !Redaction.IsNeeded(it.Name) && it.Tags.All(IsClean))
        && span.Links.All(it => string.IsNullOrEmpty(it.Context.TraceState) && (it.Tags?.All(IsClean) ?? true));

    private static bool IsClean(KeyValuePair<string, object?> tag) =>
        tag.Value switch
        {
            null or bool or int or long or double => true,
            string text => !Redaction.IsNeeded(text),
            _ => false,
        };
}
