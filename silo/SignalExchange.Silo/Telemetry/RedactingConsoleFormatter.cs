using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Writes a log entry as one line, and makes sure that no whole token is in it.</summary>
/// <remarks>
/// Our own messages have no parameter that could hold one. The runtime's have: it names grains by their keys, and an
/// indicator's key is its token. Whatever looks like a token is cut down to its first eight digits, in exceptions too.
/// </remarks>
internal sealed partial class RedactingConsoleFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "redacting";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        textWriter.WriteLine(
            Redact($"{time} {Short(logEntry.LogLevel)} {logEntry.Category}[{logEntry.EventId.Id}] {OneLine(message)}")
        );
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(Redact(exception.ToString()));
        }
    }

    internal static string Redact(string text) =>
        WholeToken().Replace(text, static match => $"token:{match.Value.AsSpan(0, 8)}");

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

    [GeneratedRegex("[0-9a-fA-F]{64}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex WholeToken();
}
