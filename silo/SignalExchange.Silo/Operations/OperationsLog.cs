namespace SignalExchange.Silo.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "This silo could not say how it does; the figures of two seconds are missing from the overview."
    )]
    public static partial void NotReported(ILogger logger, Exception failure);
}
