namespace SignalExchange.Storage;

/// <summary>Ordinary named grain state: members, keys, cases. Few rows, rarely written.</summary>
/// <remarks>Safe from any thread. Failures as <see cref="IShardStore"/>, and <see cref="StaleStateException"/>.</remarks>
public interface IGrainStateStore
{
    /// <summary>Reads a state; null when there is none.</summary>
    ValueTask<GrainStateRow?> ReadAsync(string stateName, string grainId, CancellationToken cancellationToken);

    /// <summary>Writes a state durably.</summary>
    /// <param name="stateName">Its name; states of one grain with different names are independent.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="payload">The state.</param>
    /// <param name="expectedETag">The ETag that the stored row has; null when there must be none.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>The new ETag.</returns>
    /// <exception cref="StaleStateException">The stored row has another ETag, or is there, or is not.</exception>
    Task<string> WriteAsync(
        string stateName,
        string grainId,
        ReadOnlyMemory<byte> payload,
        string? expectedETag,
        CancellationToken cancellationToken
    );

    /// <summary>Removes a state durably. Removing what is not there, with a null ETag, does nothing.</summary>
    /// <exception cref="StaleStateException">The stored row has another ETag than <paramref name="expectedETag"/>.</exception>
    Task ClearAsync(string stateName, string grainId, string? expectedETag, CancellationToken cancellationToken);
}
