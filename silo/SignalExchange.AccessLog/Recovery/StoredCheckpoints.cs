using SignalExchange.AccessLog.Publishing;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Recovery;

/// <summary>The checkpoints that are stored: the published one, and one that waits for witnesses.</summary>
/// <param name="Published">The published one; null when there is none.</param>
/// <param name="All">Both, as far as they bind the log: the signed one only where it is the newer.</param>
internal sealed record StoredCheckpoints(Checkpointed? Published, IReadOnlyList<Checkpointed> All)
{
    /// <summary>Reads them, and checks that they are of this log, of its key, and the last ones.</summary>
    /// <exception cref="AccessLogDamagedException">They aren't.</exception>
    public static async Task<StoredCheckpoints> ReadAsync(
        IAccessLogStore store,
        string log,
        AccessLogExtent extent,
        LogSigner signer,
        CancellationToken cancellationToken
    )
    {
        var published = await ReadAsync(store, log, AccessLogPaths.Checkpoint, signer, cancellationToken);
        var signed = await ReadAsync(store, log, AccessLogPaths.SignedCheckpoint, signer, cancellationToken);
        var size = published?.Size ?? 0;
        if (size < extent.Published)
        {
            throw new AccessLogDamagedException(
                $"checkpoint of log '{log}' speaks of {size} entries; {extent.Published} were published. It is lost, or an older one is "
                    + "in its place."
            );
        }

        Checkpointed[] all = [.. new[] { published, signed }.OfType<Checkpointed>().Where(it => it.Size >= size)];
        if (all.Length > 0 && all.Max(it => it.Size) is var last && last > extent.Size)
        {
            throw new AccessLogDamagedException(
                $"The tail of log '{log}' ends at entry {extent.Size}; a checkpoint was signed for {last}. It was cut off."
            );
        }

        return new(published, all);
    }

    private static async Task<Checkpointed?> ReadAsync(
        IAccessLogStore store,
        string log,
        string path,
        LogSigner signer,
        CancellationToken cancellationToken
    ) =>
        await store.GetAsync(log, path, cancellationToken) is { } note
            ? signer.Open(note.Span)
                ?? throw new AccessLogDamagedException(
                    $"{path} of log '{log}' is not signed with this log's key for this log: it was altered, or another key signed it."
                )
            : null;
}
