namespace SignalExchange.KeyService.Keys;

/// <summary>The files of the key folder, and the lock that makes one process their owner: for its life, or for a change when it is shared.</summary>
/// <remarks>The system takes the lock from a process that dies.</remarks>
internal sealed class KeyFolder : IDisposable
{
    // A change writes one small file.
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private FileStream? _lock;

    private KeyFolder(string path, string? masterKeyFile, bool isShared)
    {
        (_path, IsShared) = (path, isShared);
        KeysPath = Path.Combine(path, "keys.sxkf");
        OwnMasterPath = Path.Combine(path, "master.key");
        FirstStartPath = Path.Combine(path, "first-start");
        MasterPath = masterKeyFile ?? OwnMasterPath;
    }

    /// <summary>Gets whether other processes may change the keys now.</summary>
    internal bool IsOpenToOthers => IsShared && _lock is null;

    private bool IsShared { get; }

    /// <summary>Gets where the sealed keys are.</summary>
    internal string KeysPath { get; }

    /// <summary>Gets where the master key is.</summary>
    internal string MasterPath { get; }

    /// <summary>Gets whether the master key lies beside the keys that it seals.</summary>
    internal bool HoldsItsMasterKey => MasterPath == OwnMasterPath;

    /// <summary>Gets where a note lies while the first keys are made: with it, a master key without keys is the rest of a crash.</summary>
    internal string FirstStartPath { get; }

    private string OwnMasterPath { get; }

    /// <summary>Takes the folder into possession, and clears away what a crash left half written.</summary>
    /// <exception cref="KeyStoreException">It is open to others.</exception>
    /// <exception cref="IOException">It belongs to another process or cannot be used.</exception>
    internal static KeyFolder Take(KeyServiceOptions options)
    {
        SecretFiles.EnsureFolder(options.Folder);
        var folder = new KeyFolder(options.Folder, options.MasterKeyFile, options.IsShared);
        folder._lock = options.IsShared ? folder.AwaitLock() : folder.Lock();
        File.Delete(folder.KeysPath + SecretFiles.TemporarySuffix);
        File.Delete(folder.OwnMasterPath + SecretFiles.TemporarySuffix);
        File.Delete(folder.FirstStartPath + SecretFiles.TemporarySuffix);
        return folder;
    }

    /// <summary>Lets the others have a folder that is shared. From now on whoever changes it takes a turn.</summary>
    internal void Share()
    {
        if (IsShared)
        {
            _lock?.Dispose();
            _lock = null;
        }
    }

    /// <summary>Keeps others from changing the keys until what is returned is disposed; null when nobody else may anyway.</summary>
    /// <exception cref="KeyStoreException">Another process has it all the time.</exception>
    internal FileStream? TakeTurn() => IsOpenToOthers ? AwaitLock() : null;

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private FileStream AwaitLock()
    {
        FileStream? taken = null;
        SpinWait.SpinUntil(() => (taken = TryLock()) is not null, TurnPatience);
        return taken
            ?? throw new KeyStoreException(
                $"Another process has had the key folder '{_path}' for {TurnPatience.TotalSeconds} s. Nothing was changed."
            );
    }

    private FileStream? TryLock()
    {
        try
        {
            return Lock();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private FileStream Lock() =>
        new(Path.Combine(_path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
