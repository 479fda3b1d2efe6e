using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>Which shard a grain belongs to, by its key: a shard's number, or an indicator's token.</summary>
internal static class ShardOfGrain
{
    /// <summary>Returns the shard. One that does not exist is somebody's too: its grain then says that it does not.</summary>
    public static Shard Find(GrainId grain, ShardMap shards) =>
        IsToken(grain.Key) || !grain.TryGetIntegerKey(out var number, out _)
            ? shards.ShardOf(Token.FromKeyString(grain.Key.ToString()!))
            : new((int)number);

    // By its length: a token of mostly zeros reads as a number, too.
    private static bool IsToken(IdSpan key) => key.Value.Length == 2 * Token.Size;
}
