using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>The progress of a silo that follows no log: nobody but it writes.</summary>
internal sealed class NoProgress : IShardProgress
{
    public long AppliedSequence(Shard shard) => long.MaxValue;

    public long ForeignSequence(Shard shard) => 0;
}
