using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite;

/// <summary>What is held while the database is open.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private readonly DataFolder _folder;

    private OpenDatabase(DataFolder folder, SqliteWriter writer, SqliteReaders readers)
    {
        _folder = folder;
        Writer = writer;
        Readers = readers;
    }

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    public static OpenDatabase Open(SqliteStorageOptions options, ILogger logger)
    {
        var folder = DataFolder.Take(options.DataDirectory);
        SqliteConnection? connection = null;
        try
        {
            connection = OpenChecked(folder, options);
            RestrictFiles(folder);
            return new(
                folder,
                new SqliteWriter(connection, options, logger),
                new SqliteReaders(folder.DatabaseFile, options.MaxReaders)
            );
        }
        catch
        {
            connection?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Readers.Dispose();
        await Writer.DisposeAsync();
        _folder.Dispose();
    }

    private static SqliteConnection OpenChecked(DataFolder folder, SqliteStorageOptions options)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenWriter(folder.DatabaseFile, options.MaxDatabaseBytes);
            SqliteSchema.Ensure(connection, options.ShardCount);
            return connection;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
        {
            connection?.Dispose();
            throw new StorageFormatException(
                "The file exchange.db in the data folder is not a database of SignalExchange.",
                failure
            );
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            throw new StorageUnavailableException(
                $"The database in '{folder.Path}' cannot be opened: {failure.Message}",
                failure
            );
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static void RestrictFiles(DataFolder folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            // SQLite makes its -wal and -shm files with the mode of the database.
            File.SetUnixFileMode(folder.DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
