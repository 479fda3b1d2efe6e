using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Writes a log entry as one line, and makes sure that no whole token is in it.</summary>
/// <remarks>
/// Our own messages have no parameter that could hold one. The runtime's have: it names grains by their keys, and an
/// indicator's key is its token. <see cref="Redaction"/> cuts what looks like one, in exceptions too.
/// </remarks>
internal sealed class RedactingConsoleFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "redacting";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var message = EchoedInput.Repeats(logEntry.Category, logEntry.LogLevel)
            ? EchoedInput.TemplateOf(logEntry.State as IEnumerable<KeyValuePair<string, object?>>)
            : logEntry.Formatter(logEntry.State, logEntry.Exception);
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        textWriter.WriteLine(
            Redaction.Cut(
                $"{time} {Short(logEntry.LogLevel)} {logEntry.Category}[{logEntry.EventId.Id}] {OneLine(message)}"
            )
        );
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(Redaction.Cut(exception.ToString()));
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private static string Short(LogLevel level) =>
        level switch
        {
            LogLevel.Critical => "CRIT",
            LogLevel.Error => "ERROR",
            LogLevel.Warning => "WARN",
            LogLevel.Information => "INFO",
            _ => "DEBUG",
        };
}
