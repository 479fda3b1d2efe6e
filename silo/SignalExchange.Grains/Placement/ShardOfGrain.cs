using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>Which shard a grain belongs to, by its key: a shard's number, or an indicator's token.</summary>
internal static class ShardOfGrain
{
    /// <summary>Returns the shard. One that does not exist is somebody's too: its grain then says that it does not.</summary>
    public static Shard Find(GrainId grain, ShardMap shards) =>
        grain.TryGetIntegerKey(out var number, out _)
            ? new((int)number)
            : shards.ShardOf(Token.FromKeyString(grain.Key.ToString()!));
}
