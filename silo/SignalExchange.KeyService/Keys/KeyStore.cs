namespace SignalExchange.KeyService.Keys;

/// <summary>The keys of this process, sealed in one file that this process alone may change, or the silos that share it one at a time.</summary>
/// <remarks>Opened by <see cref="KeyStoreOpener"/>. Safe from any thread.</remarks>
internal sealed class KeyStore : IDisposable
{
    private readonly Lock _writing = new();
    private readonly KeyFolder _folder;
    private volatile IReadOnlyList<KeyRecord> _records = [];
    private MasterKey? _master;
    private byte[] _file = [];
    private bool _mayBeTakenBack;

    /// <summary>Creates an empty store, which owns the folder from then on.</summary>
    internal KeyStore(KeyFolder folder) => _folder = folder;

    /// <summary>Gets the master key; the store disposes it.</summary>
    internal MasterKey Master => _master ?? throw new InvalidOperationException("Nothing was loaded.");

    /// <summary>Gets or sets what makes a replaced file last.</summary>
    internal Action<string> FlushFolderOf { get; set; } = SecretFiles.FlushFolderOf;

    /// <summary>Gets all keys, ordered by type and epoch.</summary>
    internal IReadOnlyList<KeyRecord> Records => _records;

    /// <summary>Reads the master key, and the keys if there are any.</summary>
    /// <exception cref="KeyStoreException">A file is missing, open to others or damaged.</exception>
    internal void Load()
    {
        _master = MasterKey.Read(_folder.MasterPath);
        if (File.Exists(_folder.KeysPath))
        {
            _file = SecretFiles.Read(_folder.KeysPath);
            _records = OpenFile(_file);
        }
    }

    /// <summary>Adds keys; they are on the disk when this returns. The store owns them then.</summary>
    /// <exception cref="KeyStoreException">The file is not the one that was last read or written here.</exception>
    /// <exception cref="ArgumentException">There is a key of that type and epoch.</exception>
    internal void Add(IReadOnlyList<KeyRecord> added) =>
        Change(records =>
        {
            KeyRecord[] all = [.. records, .. added];
            return all.DistinctBy(record => (record.KeyId.Type, record.KeyId.Epoch)).Count() == all.Length
                ? all
                : throw new ArgumentException("There is a key of that type and epoch.", nameof(added));
        });

    /// <summary>Changes the keys in one step: all of it is on the disk when this returns, or nothing.</summary>
    /// <remarks>When it throws, what is known here is what the file holds: it may be changed, and then a retry finds it so.</remarks>
    /// <param name="change">Makes the new records of the old ones, one change at a time; the same ones when there is nothing to change.</param>
    /// <exception cref="KeyStoreException">The file is not the one that was last read or written here, or, shared, not one that follows it.</exception>
    internal void Change(Func<IReadOnlyList<KeyRecord>, IReadOnlyList<KeyRecord>> change)
    {
        lock (_writing)
        {
            using var turn = _folder.TakeTurn();
            FollowOthers();
            MakeItLast();
            var changed = change(_records);
            if (ReferenceEquals(changed, _records))
            {
                return;
            }

            RefuseForeignChange();
            KeyRecord[] all = [.. changed.OrderBy(record => record.KeyId.Type).ThenBy(record => record.KeyId.Epoch)];
            var file = KeyFile.Seal(Master, all);
            Write(file, all);
        }
    }

    /// <summary>Takes over what other silos have changed, if there are any.</summary>
    /// <exception cref="KeyStoreException">The file cannot be read, or is not one that follows what is known here.</exception>
    internal void Follow()
    {
        if (_folder.IsOpenToOthers)
        {
            lock (_writing)
            {
                FollowOthers();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release(_records);
        _master?.Dispose();
        _folder.Dispose();
    }

    private void Write(byte[] file, KeyRecord[] all)
    {
        try
        {
            SecretFiles.Write(_folder.KeysPath, file, FlushFolderOf);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It may have failed after the new file had taken the old one's place. Then the new one counts: for others, and for a restart.
            if (ReadAgain() is not { } there || !there.AsSpan().SequenceEqual(file))
            {
                throw;
            }

            (_file, _records, _mayBeTakenBack) = (file, all, true);
            throw new KeyStoreException(
                $"'{_folder.KeysPath}' was written, and a crash may take it back: its folder could not be flushed. Try again.",
                exception
            );
        }

        (_file, _records) = (file, all);
    }

    // Nothing is built on a change, nor said to be done, that a crash may take back.
    private void MakeItLast()
    {
        if (_mayBeTakenBack)
        {
            FlushFolderOf(_folder.KeysPath);
            _mayBeTakenBack = false;
        }
    }

    private void FollowOthers()
    {
        if (!_folder.IsOpenToOthers || ReadAgain() is not { } file)
        {
            return;
        }

        // A rename put it there, so it is whole.
        var records = OpenFile(file);
        if (!KeyLives.AreContinued(_records, records))
        {
            Release(records);
            throw new KeyStoreException(
                $"'{_folder.KeysPath}' is older than the keys that this silo knows. Restore the newest one, and restart every silo."
            );
        }

        _records = KeyLives.Continue(_records, records);
        _file = file;
    }

    private byte[]? ReadAgain()
    {
        try
        {
            var file = SecretFiles.Read(_folder.KeysPath);
            return file.AsSpan().SequenceEqual(_file) ? null : file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException(
                $"The keys in '{_folder.KeysPath}' cannot be read. {exception.Message}",
                exception
            );
        }
    }

    private static void Release(IReadOnlyList<KeyRecord> records)
    {
        foreach (var record in records)
        {
            record.Dispose();
        }
    }

    private IReadOnlyList<KeyRecord> OpenFile(byte[] file)
    {
        try
        {
            return KeyFile.Open(Master, file);
        }
        catch (InvalidDataException exception)
        {
            throw new KeyStoreException(
                $"The keys in '{_folder.KeysPath}' cannot be opened. {exception.Message} No key was made.",
                exception
            );
        }
    }

    /// <summary>The lock keeps other processes out; this keeps out a person who restores a file under a running process.</summary>
    private void RefuseForeignChange()
    {
        var file = File.Exists(_folder.KeysPath) ? SecretFiles.Read(_folder.KeysPath) : [];
        if (!file.AsSpan().SequenceEqual(_file))
        {
            throw new KeyStoreException(
                $"'{_folder.KeysPath}' was changed by somebody else since it was read. Nothing was written. Restart."
            );
        }
    }
}
