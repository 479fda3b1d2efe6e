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
}
