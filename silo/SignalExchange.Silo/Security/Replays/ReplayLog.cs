namespace SignalExchange.Silo.Security.Replays;

internal static partial class ReplayLog
{
    [LoggerMessage(
        1,
        LogLevel.Debug,
        "{Tokens} tokens could not be vouched for by the silo that is responsible for them."
    )]
    public static partial void NoAnswer(ILogger logger, Exception failure, int tokens);
}
