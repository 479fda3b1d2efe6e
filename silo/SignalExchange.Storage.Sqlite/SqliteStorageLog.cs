using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite;

/// <summary>What the embedded engine says.</summary>
internal static partial class SqliteStorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Opened the database in {Folder} with {Shards} shards.")]
    public static partial void Opened(ILogger logger, string folder, int shards);

    [LoggerMessage(2, LogLevel.Error, "The database could not write a group of commits; their callers were told.")]
    public static partial void WriteFailed(ILogger logger, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "The database could not roll back.")]
    public static partial void RollbackFailed(ILogger logger, Exception failure);
}
