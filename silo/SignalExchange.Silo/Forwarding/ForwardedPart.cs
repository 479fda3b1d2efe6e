namespace SignalExchange.Silo.Forwarding;

/// <summary>A part of a stream of answers.</summary>
/// <param name="Messages">The bytes of each.</param>
/// <param name="End">How the stream ended; null while it goes on.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.forwarded-part")]
internal sealed record ForwardedPart(
    [property: Id(0)] IReadOnlyList<byte[]> Messages,
    [property: Id(1)] ForwardedAnswer? End
);
