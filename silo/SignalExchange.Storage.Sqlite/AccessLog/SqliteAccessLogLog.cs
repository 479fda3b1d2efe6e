using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Every message of the embedded storage of access logs.</summary>
internal static partial class SqliteAccessLogLog
{
    [LoggerMessage(1, LogLevel.Information, "Opened the storage of access logs in {Folder}.")]
    public static partial void Opened(ILogger logger, string folder);

    [LoggerMessage(2, LogLevel.Information, "Closed the storage of access logs in {Folder}.")]
    public static partial void Closed(ILogger logger, string folder);

    [LoggerMessage(3, LogLevel.Warning, "Could not move the write-ahead log into {File}; it grows until that works.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception, string file);
}
