namespace SignalExchange.Silo.Forwarding;

internal static partial class ForwardLog
{
    [LoggerMessage(1, LogLevel.Debug, "A silo has not said which access log it writes; it is asked again.")]
    public static partial void NoName(ILogger logger, Exception failure);
}
