using SignalExchange.Storage.Files;
using SignalExchange.Storage.Sqlite.Files;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>The folder of access logs, held by this process alone for as long as this object lives.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly FileStream _lock;

    private LogFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "tail.db");

    /// <summary>Makes the folder if need be, and takes the lock in it.</summary>
    /// <exception cref="StorageInUseException">Somebody else holds the lock.</exception>
    /// <exception cref="StorageUnavailableException">The folder can't be made or written.</exception>
    public static LogFolder Take(string directory)
    {
        var path = System.IO.Path.GetFullPath(directory);
        try
        {
            DurableFiles.CreateFolder(path);
            return new(path, DataFolder.OpenOwned(System.IO.Path.Combine(path, "tail.lock"), FileMode.OpenOrCreate));
        }
        catch (IOException exception) when (DataFolder.IsTaken(exception))
        {
            throw new StorageInUseException(
                $"Another process has the access logs in {path} open. Stop it, or give this one a folder of its own.",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Unusable(path, exception);
        }
    }

    /// <summary>Makes an empty database file that only its owner reads, where none is.</summary>
    /// <exception cref="StorageFormatException">A write-ahead log lies there without its database.</exception>
    public void PrepareDatabase()
    {
        if (File.Exists(DatabaseFile))
        {
            DataFolder.Protect(DatabaseFile);
            return;
        }

        if (File.Exists(DatabaseFile + "-wal"))
        {
            // SQLite would play the old log into the new database.
            throw new StorageFormatException(
                $"{DatabaseFile}-wal is there without its database. Restore both, or move it away."
            );
        }

        DataFolder.CreateOwned(DatabaseFile);
        DurableFiles.FlushFolderOf(DatabaseFile);
    }

    public void Dispose() => _lock.Dispose();
}
