namespace SignalExchange.Storage.Sqlite;

/// <summary>The folder of one exchange, held by one process at a time.</summary>
/// <remarks>The lock is the operating system's (flock) on a file of its own, so a killed process leaves nothing behind.</remarks>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "exchange.db");

    /// <summary>Takes the folder, and makes it if it is not there.</summary>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    public static DataFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, OwnerOnly);
        }

        try
        {
            return new(full, new FileStream(System.IO.Path.Combine(full, "lock"), OptionsOf()));
        }
        catch (IOException taken) when (taken is not DirectoryNotFoundException)
        {
            throw new StorageInUseException(
                $"The data folder '{full}' is in use by another process. Stop that one, or use another folder.",
                taken
            );
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStreamOptions OptionsOf()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
