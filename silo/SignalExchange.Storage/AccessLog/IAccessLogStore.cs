namespace SignalExchange.Storage.AccessLog;

/// <summary>The storage of access logs: for each a tail, written entry by entry, and the tree's files. The port that every engine implements.</summary>
/// <remarks>
/// <para>
/// A log has a name (<see cref="AccessLogPaths.CheckLog"/>) and one writer: whoever took it last. The tail is what was
/// appended and not yet trimmed. Resources are the files of C2SP's tlog-tiles, found by their path
/// (<see cref="AccessLogPaths.CheckResource"/>).
/// </para>
/// <para>
/// Safe from any thread; calls that write one log are made one at a time. Failures: <see cref="StorageUnavailableException"/>
/// when nothing was written, <see cref="CommitUnknownException"/> when the engine cannot tell (the caller then settles the log
/// and reads the tail's end before anything else), <see cref="AccessLogFencedException"/> when another writer has the log,
/// <see cref="AccessLogStoredWrongException"/> when what is stored is not what was written. The conformance suite in TestKit
/// is the specification.
/// </para>
/// </remarks>
public interface IAccessLogStore
{
    /// <summary>Takes a log from whoever had it. A log that is not there is made, empty.</summary>
    ValueTask<AccessLogLease> AcquireAsync(string log, CancellationToken cancellationToken);

    /// <summary>Appends records, all or none. Returns after they are on stable storage.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="firstIndex">The index of the first of them: the log's size.</param>
    /// <param name="records">At least one.</param>
    /// <param name="cancellationToken">Honoured until the writing begins; then its outcome is awaited.</param>
    /// <exception cref="StaleStateException">The log has another size. Nothing was written.</exception>
    ValueTask AppendAsync(
        AccessLogLease lease,
        long firstIndex,
        IReadOnlyList<AccessLogRecord> records,
        CancellationToken cancellationToken
    );

    /// <summary>Sees to it that no append of unknown outcome changes anything from here on.</summary>
    /// <param name="lease">The right to append, which such an append was made with; it goes on.</param>
    /// <param name="cancellationToken">Honoured until the asking begins.</param>
    /// <returns>What the tail holds: the append's records, or never.</returns>
    /// <remarks>
    /// A look alone is no answer: the transaction may be running still, or its request be on its way, and what commits later would
    /// take the next append's place. When it fails nothing is settled; it may be called again as often as need be.
    /// </remarks>
    ValueTask<AccessLogExtent> SettleAsync(AccessLogLease lease, CancellationToken cancellationToken);

    /// <summary>Reads what the tail holds; all zero for a log that was never taken.</summary>
    ValueTask<AccessLogExtent> ReadExtentAsync(string log, CancellationToken cancellationToken);

    /// <summary>Reads records from the tail, in order.</summary>
    /// <param name="log">The log.</param>
    /// <param name="first">The first index. Not in front of the tail's first.</param>
    /// <param name="count">At least 1. Fewer come when the tail ends before, or when they are large.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>At least one, unless <paramref name="first"/> is the log's size or beyond it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> was trimmed.</exception>
    ValueTask<IReadOnlyList<AccessLogRecord>> ReadAsync(
        string log,
        long first,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Notes that a checkpoint is on stable storage, so that an older one in its place shows.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="size">The checkpoint's; not less than the last one's, and not beyond the log's size.</param>
    /// <param name="cancellationToken">Honoured until the writing begins.</param>
    ValueTask MarkPublishedAsync(AccessLogLease lease, long size, CancellationToken cancellationToken);

    /// <summary>Lets records go that are in published bundles; the engine may keep some of them longer.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="before">Records in front of this index may go. Not beyond the published size.</param>
    /// <param name="cancellationToken">Honoured until the writing begins.</param>
    ValueTask TrimAsync(AccessLogLease lease, long before, CancellationToken cancellationToken);

    /// <summary>Reads a resource; null when it is not there.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken);

    /// <summary>Writes a resource whole. Returns after it is on stable storage.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="path">Where. <see cref="AccessLogPaths.IsImmutable"/> says whether it may be written again with other bytes.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Honoured until the writing begins.</param>
    /// <exception cref="AccessLogStoredWrongException">It is immutable, and there with other bytes, which stay.</exception>
    ValueTask PutAsync(
        AccessLogLease lease,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    );

    /// <summary>Removes the partial forms of a full resource; nothing when there are none.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="path">The full resource's path.</param>
    /// <param name="cancellationToken">Honoured until the deleting begins.</param>
    /// <exception cref="InvalidOperationException">The full resource is not there.</exception>
    ValueTask DeletePartialsAsync(AccessLogLease lease, string path, CancellationToken cancellationToken);
}
