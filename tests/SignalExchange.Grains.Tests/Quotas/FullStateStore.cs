using SignalExchange.Storage;

namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>A store in front of a real one that refuses writes while its disk is full.</summary>
internal sealed class FullStateStore(IGrainStateStore inner, Func<bool> isFull) : IGrainStateStore
{
    public ValueTask<GrainStateRow?> ReadAsync(string stateName, string grainId, CancellationToken cancellationToken) =>
        inner.ReadAsync(stateName, grainId, cancellationToken);

    public Task<string> WriteAsync(
        string stateName,
        string grainId,
        ReadOnlyMemory<byte> payload,
        string? expectedETag,
        CancellationToken cancellationToken
    ) =>
        isFull()
            ? throw new StorageUnavailableException()
            : inner.WriteAsync(stateName, grainId, payload, expectedETag, cancellationToken);

    public Task ClearAsync(
        string stateName,
        string grainId,
        string? expectedETag,
        CancellationToken cancellationToken
    ) => inner.ClearAsync(stateName, grainId, expectedETag, cancellationToken);
}
