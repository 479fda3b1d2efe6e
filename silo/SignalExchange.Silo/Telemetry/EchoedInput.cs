namespace SignalExchange.Silo.Telemetry;

/// <summary>Knows the log messages that repeat what a caller sent: paths, queries, headers, whole request lines.</summary>
/// <remarks>
/// A caller may write anything there, an identifier too, and no pattern finds that. So of these messages only the template goes out. They are ASP.NET
/// Core's below Warning, and off unless an operator turns them on.
/// </remarks>
internal static class EchoedInput
{
    private const string Template = "{OriginalFormat}";

    /// <summary>Returns whether a message may repeat what a caller sent.</summary>
    public static bool Repeats(string? category, LogLevel level) =>
        level < LogLevel.Warning && category?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) == true;

    /// <summary>Returns the template of a message, which is a constant; empty if it has none.</summary>
    public static string TemplateOf(IEnumerable<KeyValuePair<string, object?>>? parameters) =>
        parameters?.FirstOrDefault(it => it.Key == Template).Value as string ?? "";
}
