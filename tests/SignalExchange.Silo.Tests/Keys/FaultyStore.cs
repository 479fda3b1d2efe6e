using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>A storage whose writes of a rotation fail as told: its progress, its batches, and the rows that move.</summary>
internal sealed class FaultyStore(IShardStore shards, IGrainStateStore states, Fault fault)
    : IShardStore,
        IGrainStateStore
{
    public ShardMap Shards => shards.Shards;

    public ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        shards.ReadHeadAsync(shard, cancellationToken);

    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken) =>
        fault.Do(() => shards.CommitAsync(commit, cancellationToken));

    public IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    ) => shards.ReadLogAsync(shard, afterSequence, cancellationToken);

    public ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        shards.ReadIndicatorAsync(token, cancellationToken);

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
