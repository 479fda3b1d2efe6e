namespace SignalExchange.Silo.AccessLog;

internal static partial class OwnEntriesLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "The access log did not take the entry {Event} (attempt {Attempt} of {MaxAttempts}); it is tried again in a second."
    )]
    public static partial void NotTaken(ILogger logger, string @event, int attempt, int maxAttempts, Exception failure);
}
