using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Cuts tokens, keys and credentials out of a log record before any exporter sees it: message, parameters, exception.</summary>
internal sealed class LogRedactor : BaseProcessor<LogRecord>
{
    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        data.TraceState = null;
        if (EchoedInput.Repeats(data.CategoryName, data.LogLevel))
        {
            data.FormattedMessage = data.Body = EchoedInput.TemplateOf(data.Attributes);
            data.Attributes = [];
        }
        else
        {
            data.FormattedMessage = Cut(data.FormattedMessage);
            data.Body = Cut(data.Body);
            data.Attributes = [.. Attributes(data)];
        }

        // Exporters read messages and stack traces straight from the exception, which cannot be changed; so it goes as attributes.
        data.Exception = null;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Attributes(LogRecord record)
    {
        foreach (var (key, value) in record.Attributes ?? [])
        {
            yield return new(key, Cut(value));
        }

        if (record.Exception is { } exception)
        {
            yield return new("exception.type", exception.GetType().FullName);
            yield return new("exception.message", Redaction.Cut(exception.Message));
            yield return new("exception.stacktrace", Redaction.Cut(exception.ToString()));
        }
    }

    private static object? Cut(object? value) =>
        value switch
        {
            null or bool or int or long or double => value,
            byte[] => null,
            _ => Redaction.Cut(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        };

    private static string? Cut(string? text) => text is null ? null : Redaction.Cut(text);
}
