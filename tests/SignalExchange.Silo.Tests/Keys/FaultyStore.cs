using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>A storage whose writes of a rotation fail as told: its progress, its batches, and the rows that move.</summary>
internal sealed class FaultyStore(IShardStore shards, IGrainStateStore states, Fault fault)
    : ForwardingShardStore(shards),
        IGrainStateStore
{
    public override Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        fault.Do(() => base.CommitAsync(commit, cancellationToken));

    public ValueTask<GrainStateRow?> ReadAsync(string stateName, string grainId, CancellationToken cancellationToken) =>
        states.ReadAsync(stateName, grainId, cancellationToken);

    public Task<string> WriteAsync(
        string stateName,
        string grainId,
        ReadOnlyMemory<byte> payload,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        var write = () => states.WriteAsync(stateName, grainId, payload, expectedETag, cancellationToken);
        return IsRotation(stateName) ? fault.Do(write) : write();
    }

    public Task ClearAsync(string stateName, string grainId, string? expectedETag, CancellationToken cancellationToken)
    {
        var clear = () => states.ClearAsync(stateName, grainId, expectedETag, cancellationToken);
        return IsRotation(stateName) ? fault.Do(clear) : clear();
    }

    private static bool IsRotation(string stateName) => stateName.Contains("rotation", StringComparison.Ordinal);
}
