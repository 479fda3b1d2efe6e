using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

internal static partial class RetentionLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "The details of {Period}, {Retention}, were destroyed: their time had come. The search index forgot {Entries}."
    )]
    public static partial void Shredded(ILogger logger, string period, LogRetention retention, long entries);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "What is due by the retention policy was not done; it is tried again in a minute."
    )]
    public static partial void Failed(ILogger logger, Exception failure);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "The details of {Period}, {Retention}, are due to be destroyed. It is done once they were for as long as the settings say, without a restart or a step of the clock."
    )]
    public static partial void Due(ILogger logger, string period, LogRetention retention);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "The clock is far ahead of the access log's last entry before this start. No details are destroyed. If the clock is right, restart the silo."
    )]
    public static partial void ClockInDoubt(ILogger logger);
}
