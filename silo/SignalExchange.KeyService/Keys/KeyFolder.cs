namespace SignalExchange.KeyService.Keys;

/// <summary>The files of the key folder, and the lock that makes one process their owner.</summary>
internal sealed class KeyFolder : IDisposable
{
    private readonly FileStream _lock;

    private KeyFolder(string path, string? masterKeyFile, FileStream keyLock)
    {
        _lock = keyLock;
        KeysPath = Path.Combine(path, "keys.sxkf");
        OwnMasterPath = Path.Combine(path, "master.key");
        FirstStartPath = Path.Combine(path, "first-start");
        MasterPath = masterKeyFile ?? OwnMasterPath;
    }

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
        var folder = new KeyFolder(options.Folder, options.MasterKeyFile, Lock(options.Folder));
        File.Delete(folder.KeysPath + SecretFiles.TemporarySuffix);
        File.Delete(folder.OwnMasterPath + SecretFiles.TemporarySuffix);
        File.Delete(folder.FirstStartPath + SecretFiles.TemporarySuffix);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path) =>
        new(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
