namespace SignalExchange.AccessLog.Reading;

/// <summary>Proves what the log holds, to its published sizes.</summary>
/// <remarks>Safe from any thread. Proofs are those of RFC 6962 sections 2.1.1 and 2.1.2.</remarks>
public interface IAccessLogProver
{
    /// <summary>Gets the log's verifier key, as https://c2sp.org/signed-note writes it.</summary>
    string VerifierKey { get; }

    /// <summary>Gets the size of the published checkpoint; 0 before the first.</summary>
    long PublishedSize { get; }

    /// <summary>Reads the published checkpoint; null before the first.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Proves that an entry is in the tree of a published size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not in front of the size, or the size was not published.</exception>
    ValueTask<IReadOnlyList<byte[]>> ProveInclusionAsync(long index, long size, CancellationToken cancellationToken);

    /// <summary>Proves that the tree of one size begins with that of a smaller one.</summary>
    /// <param name="from">The smaller size, from 0; the proof is empty for 0 and for the same size.</param>
    /// <param name="to">The larger size.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size was not published, or the first is larger than the second.</exception>
    ValueTask<IReadOnlyList<byte[]>> ProveConsistencyAsync(long from, long to, CancellationToken cancellationToken);

    /// <summary>Proves an entry to the published checkpoint; null while it is not under it.</summary>
    ValueTask<EntryProof?> ProveEntryAsync(long index, CancellationToken cancellationToken);
}
