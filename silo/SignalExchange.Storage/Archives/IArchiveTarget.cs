namespace SignalExchange.Storage.Archives;

/// <summary>What an archive is written to: an empty storage, or a new file.</summary>
public interface IArchiveTarget
{
    /// <summary>Writes an archive, whole or not at all: what breaks off leaves the target as empty as it was.</summary>
    /// <param name="shardCount">The number of shards.</param>
    /// <param name="records">As <see cref="IArchive.ReadAsync"/> returns them; an exception of theirs ends the writing.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="StorageFormatException">The target is not empty.</exception>
    /// <exception cref="StorageInUseException">A silo uses it.</exception>
    /// <exception cref="StorageUnavailableException">It can't be used.</exception>
    Task WriteAsync(int shardCount, IAsyncEnumerable<ArchiveRecord> records, CancellationToken cancellationToken);

    /// <summary>Returns what reads back what was written.</summary>
    IArchiveSource ToSource();
}
