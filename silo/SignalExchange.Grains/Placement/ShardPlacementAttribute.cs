using Orleans.Placement;

namespace SignalExchange.Grains.Placement;

/// <summary>Marks a grain that lives where its shard does.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShardPlacementAttribute() : PlacementAttribute(ShardPlacement.Instance);
