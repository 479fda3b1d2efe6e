using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Disputes;

/// <summary>A signal that somebody may dispute.</summary>
/// <param name="Owner">Whose it is, however it appears to others.</param>
/// <param name="Type">On what kind of indicator.</param>
/// <param name="Token">The indicator's token under its newest key, 32 bytes.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="RevisedAt">When that was made.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.disputed-signal")]
public sealed record DisputedSignal(
    [property: Id(0)] string Owner,
    [property: Id(1)] IndicatorType Type,
    [property: Id(2)] byte[] Token,
    [property: Id(3)] uint Revision,
    [property: Id(4)] DateTimeOffset RevisedAt
);
