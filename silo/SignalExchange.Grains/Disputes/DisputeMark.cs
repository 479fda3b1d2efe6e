namespace SignalExchange.Grains.Disputes;

/// <summary>What stands on a signal while disputes on it are not settled.</summary>
/// <param name="IsDisputed">Whether there are any.</param>
/// <param name="DueAt">From when on it is out of force unless its owner answers; null where nothing waits for an answer.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.dispute-mark")]
public sealed record DisputeMark([property: Id(0)] bool IsDisputed, [property: Id(1)] DateTimeOffset? DueAt);
