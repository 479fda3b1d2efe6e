namespace SignalExchange.Storage.Archives;

/// <summary>What an archive is read from: an engine's storage, or a backup's file.</summary>
public interface IArchiveSource
{
    /// <summary>Fixes the moment, and begins to read. Nothing that is stored is changed. Writers may have to wait for the moment itself.</summary>
    /// <exception cref="StorageInUseException">It must stand still for this, and a silo uses it.</exception>
    /// <exception cref="StorageFormatException">It is not ours, or newer.</exception>
    /// <exception cref="StorageUnavailableException">It can't be used.</exception>
    Task<IArchive> OpenAsync(CancellationToken cancellationToken);
}
