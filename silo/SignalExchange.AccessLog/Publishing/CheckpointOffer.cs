namespace SignalExchange.AccessLog.Publishing;

/// <summary>A checkpoint that a witness is asked to sign.</summary>
/// <param name="Size">The entries under it.</param>
/// <param name="Note">The checkpoint with the log's signature.</param>
/// <param name="ProveFromAsync">Returns the consistency proof from a smaller size, the one that the witness saw last.</param>
public sealed record CheckpointOffer(
    long Size,
    ReadOnlyMemory<byte> Note,
    Func<long, CancellationToken, ValueTask<IReadOnlyList<byte[]>>> ProveFromAsync
);
