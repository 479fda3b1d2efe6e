using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Azure;

/// <summary>Every message of the storage on Azure.</summary>
internal static partial class AzureStorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Made new tables in Azure Storage account {Account} for shards {Shards}.")]
    public static partial void Created(ILogger logger, string account, string shards);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Opened the tables in Azure Storage account {Account} for shards {Shards}."
    )]
    public static partial void Opened(ILogger logger, string account, string shards);

    [LoggerMessage(3, LogLevel.Information, "Closed the storage on Azure.")]
    public static partial void Closed(ILogger logger);

    [LoggerMessage(4, LogLevel.Error, "Azure Storage fails: {Reason} Writes are refused until it works.")]
    public static partial void WritingFails(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Information, "Azure Storage works again after {Failures} failed writes.")]
    public static partial void WritingWorksAgain(ILogger logger, long failures);

    [LoggerMessage(6, LogLevel.Information, "Opened the storage of access logs in Azure Storage account {Account}.")]
    public static partial void AccessLogsOpened(ILogger logger, string account);

    [LoggerMessage(7, LogLevel.Information, "Closed the storage of access logs in Azure Storage account {Account}.")]
    public static partial void AccessLogsClosed(ILogger logger, string account);
}
