using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Rotation;

/// <summary>A rotation in the hands of a worker.</summary>
/// <param name="Fence">What it writes under.</param>
/// <param name="Progress">How far it is.</param>
[GenerateSerializer]
[Alias("signalexchange.rotation-claim")]
public sealed record RotationClaim([property: Id(0)] long Fence, [property: Id(1)] RotationProgress Progress);
