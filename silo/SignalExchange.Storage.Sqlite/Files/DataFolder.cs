namespace SignalExchange.Storage.Sqlite.Files;

/// <summary>The data folder, held by this process alone for as long as this object lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "exchange.db");

    /// <summary>Gets the file that a database is made in before it gets its name.</summary>
    public string UnfinishedFile => DatabaseFile + ".new";

    public string WriteAheadLogFile => DatabaseFile + "-wal";

    /// <summary>Makes the folder if need be, and takes the lock in it.</summary>
    /// <exception cref="StorageInUseException">Somebody else holds the lock.</exception>
    /// <exception cref="StorageUnavailableException">The folder can't be made or written.</exception>
    public static DataFolder Take(string directory)
    {
        var path = System.IO.Path.GetFullPath(directory);
        try
        {
            CreateFolder(path);
            return new(path, OpenOwned(System.IO.Path.Combine(path, "exchange.lock"), FileMode.OpenOrCreate));
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            throw new StorageInUseException(
                $"Another process has the data folder {path} open. Stop it, or give this one a folder of its own.",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, exception);
        }
    }

    /// <summary>Returns what to throw when the folder can't be used.</summary>
    public static StorageUnavailableException Unusable(string path, Exception exception) =>
        new($"The data folder {path} can't be used. Its owner must be the user that runs the exchange.", exception);

    /// <summary>Makes an empty file that only its owner can read; SQLite gives its log the same rights.</summary>
    public static void CreateOwned(string file) => OpenOwned(file, FileMode.CreateNew).Dispose();

    /// <summary>Takes away the rights that others than the owner have on a file, a restored one for instance.</summary>
    public static void Protect(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
    }

    /// <summary>Returns the folder's mode when others than its owner have rights there; null otherwise.</summary>
    public string? ModeOpenToOthers()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var mode = File.GetUnixFileMode(Path);
        return (mode & ~OwnerOnlyFolder) == UnixFileMode.None ? null : Convert.ToString((int)mode, 8);
    }

    /// <summary>Returns the bytes of the database and its write-ahead log.</summary>
    public long Bytes() => BytesOf(DatabaseFile) + BytesOf(WriteAheadLogFile);

    /// <summary>Returns the bytes that are free on its disk for this user.</summary>
    public long FreeBytes() => new DriveInfo(Path).AvailableFreeSpace;

    public void Dispose() => _lock.Dispose();

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }
    }

    // FileShare.None is flock(LOCK_EX) on Linux: the kernel lets go of it when the process ends, however it ends.
    internal static FileStream OpenOwned(string file, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(file, options);
    }

    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    internal static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x8007_0020);

    private static long BytesOf(string file)
    {
        var about = new FileInfo(file);
        return about.Exists ? about.Length : 0;
    }
}
