using System.Globalization;

namespace SignalExchange.Storage;

/// <summary>Where a change stands: the shard, and its place in that shard's log.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Sequence">From 1, dense: each change has the next one. 0 stands for "before the first".</param>
public readonly record struct ShardPosition(Shard Shard, long Sequence)
{
    /// <summary>Returns <c>shard:sequence</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shard.Number}:{Sequence}");
}
