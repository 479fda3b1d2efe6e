namespace SignalExchange.Silo.AccessLog;

internal static partial class KeyRecordsLog
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "Which keys are in force could not be recorded; it is tried again in five seconds."
    )]
    public static partial void Failed(ILogger logger, Exception failure);
}
