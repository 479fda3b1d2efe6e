namespace SignalExchange.Index.Propagation;

/// <summary>Where a shard stands, as its writer says.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Sequence">The sequence of the last change that it has acknowledged.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.owned-head")]
public readonly record struct OwnedHead([property: Id(0)] int Shard, [property: Id(1)] long Sequence);
