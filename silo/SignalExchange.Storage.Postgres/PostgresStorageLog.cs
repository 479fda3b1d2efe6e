using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Postgres;

/// <summary>Every message of the storage on PostgreSQL. "Where" is database, host and port; never who logs in.</summary>
internal static partial class PostgresStorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Brought the tables of {Where} from version {From} to {To}.")]
    public static partial void Migrated(ILogger logger, string where, int from, int to);

    [LoggerMessage(2, LogLevel.Information, "Opened the database {Where}: {Shards} shards, PostgreSQL {Server}.")]
    public static partial void Opened(ILogger logger, string where, int shards, string server);

    [LoggerMessage(3, LogLevel.Information, "Closed the database {Where} after {Transactions} transactions.")]
    public static partial void Closed(ILogger logger, string where, long transactions);

    [LoggerMessage(4, LogLevel.Error, "Storage cannot write to {Where}; writes are refused until it can.")]
    public static partial void WritingFails(ILogger logger, Exception exception, string where);

    [LoggerMessage(5, LogLevel.Information, "Storage can write to {Where} again after {Failures} failures.")]
    public static partial void WritingWorksAgain(ILogger logger, string where, long failures);

    [LoggerMessage(6, LogLevel.Information, "Opened the storage of access logs in {Where}.")]
    public static partial void AccessLogsOpened(ILogger logger, string where);

    [LoggerMessage(7, LogLevel.Information, "Closed the storage of access logs in {Where}.")]
    public static partial void AccessLogsClosed(ILogger logger, string where);
}
