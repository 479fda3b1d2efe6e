namespace SignalExchange.Grains.Indicators;

/// <summary>Sends all that is said on an indicator to its name under another key.</summary>
/// <param name="FromKeyId">The key of the name that it has now.</param>
/// <param name="FromSealedElement">The element under that key, sealed, for a name that was never used; may be empty.</param>
/// <param name="Token">The name under the other key, 32 bytes.</param>
/// <param name="KeyId">The other key.</param>
/// <param name="SealedElement">The element under the other key, sealed.</param>
/// <param name="ByRotation">Whether the rotation's own proof covers it.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.move")]
public sealed record MoveCommand(
    [property: Id(0)] string FromKeyId,
    [property: Id(1)] byte[] FromSealedElement,
    [property: Id(2)] byte[] Token,
    [property: Id(3)] string KeyId,
    [property: Id(4)] byte[] SealedElement,
    [property: Id(5)] bool ByRotation
);
