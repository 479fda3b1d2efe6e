using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Every message of the embedded storage.</summary>
internal static partial class SqliteStorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Made a new database in {Folder} for {Shards} shards.")]
    public static partial void Created(ILogger logger, string folder, int shards);

    [LoggerMessage(2, LogLevel.Information, "Opened the database in {Folder}: {Bytes} bytes, {Shards} shards.")]
    public static partial void Opened(ILogger logger, string folder, long bytes, int shards);

    [LoggerMessage(3, LogLevel.Information, "Closed the database in {Folder} after {Transactions} transactions.")]
    public static partial void Closed(ILogger logger, string folder, long transactions);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Other users of this machine can enter {Folder} (mode {Mode}). Take their rights away: chmod 700."
    )]
    public static partial void FolderIsOpenToOthers(ILogger logger, string folder, string mode);

    [LoggerMessage(5, LogLevel.Error, "Storage cannot write to {Folder}; writes are refused until it can.")]
    public static partial void WritingFails(ILogger logger, Exception exception, string folder);

    [LoggerMessage(6, LogLevel.Information, "Storage can write to {Folder} again after {Failures} failures.")]
    public static partial void WritingWorksAgain(ILogger logger, string folder, long failures);

    [LoggerMessage(7, LogLevel.Warning, "Could not empty the write-ahead log in {Folder}; the next opening reads it.")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception, string folder);
}
