using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Indicators;

/// <summary>A member withdraws its own signal on an indicator.</summary>
/// <param name="Caller">Who withdraws.</param>
/// <param name="SubmissionId">The client's id of the withdrawal, 16 bytes.</param>
/// <param name="Reason">Why.</param>
/// <param name="AsOf">The sequence of the indicator's shard that the decision must know of.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.withdraw")]
public sealed record WithdrawCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] byte[] SubmissionId,
    [property: Id(2)] RetractionReason Reason,
    [property: Id(3)] long AsOf = 0
);
