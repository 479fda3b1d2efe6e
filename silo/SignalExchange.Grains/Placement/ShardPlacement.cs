namespace SignalExchange.Grains.Placement;

/// <summary>A shard's writer and its indicators live on one silo: the one that rendezvous hashing of the shard picks.</summary>
[Immutable]
[GenerateSerializer]
[SuppressReferenceTracking]
[Alias("signalexchange.shard-placement")]
internal sealed class ShardPlacement : PlacementStrategy
{
    public static readonly ShardPlacement Instance = new();
}
