using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace SignalExchange.Storage.Sqlite;

/// <summary>SQLite's errors as those of the ports.</summary>
internal static class SqliteErrors
{
    /// <summary>Returns the error of a read, or of a write whose transaction did not get to its COMMIT.</summary>
    public static StorageUnavailableException Unavailable(SqliteException error, string folder) =>
        new($"{Advice(error.SqliteErrorCode)} The data folder is {folder}.", error);

    /// <summary>Returns the error of a COMMIT: nothing was written, or nobody can tell.</summary>
    public static Exception OfCommit(SqliteException error, string folder) =>
        IsKnownNotWritten(error.SqliteErrorCode)
            ? Unavailable(error, folder)
            : new CommitUnknownException(
                $"The disk failed in the middle of a commit. Read head and log again. The data folder is {folder}.",
                error
            );

    // A full disk cuts the log before the frame that would have made the transaction count; the others are found out
    // before anything is written. After a failed write or sync (SQLITE_IOERR) that frame may have reached the disk.
    private static bool IsKnownNotWritten(int code) =>
        code is SQLITE_FULL or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_CONSTRAINT;

    private static string Advice(int code) =>
        code switch
        {
            SQLITE_FULL => "The storage is full. Free space on the disk, or raise MaxDatabaseBytes.",
            SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM =>
                "The storage can't be written. Its files must belong to the user that runs the exchange.",
            SQLITE_BUSY or SQLITE_LOCKED => "Another program has the database locked. End it, and try again.",
            SQLITE_CORRUPT or SQLITE_NOTADB => "The database is damaged. Restore it from a backup.",
            _ => "The storage failed. See the disk's own messages.",
        };
}
