namespace SignalExchange.Storage.Archives;

/// <summary>Everything that an engine stores, as it was at one moment. Membership of running silos and locks are no part of it.</summary>
/// <remarks>
/// The access logs are those of that moment or a little later: what was acknowledged is recorded in them. Keys are not in an engine, so they
/// are not here.
/// </remarks>
public interface IArchive : IAsyncDisposable
{
    /// <summary>Gets the number of shards.</summary>
    int ShardCount { get; }

    /// <summary>Gets how many records there will be, roughly.</summary>
    long ExpectedRecords { get; }

    /// <summary>Reads everything, in the order of <see cref="ArchiveKind"/>, and within a kind in that of its record. Once.</summary>
    /// <exception cref="StorageFormatException">What is stored is not whole.</exception>
    IAsyncEnumerable<ArchiveRecord> ReadAsync(CancellationToken cancellationToken);
}
