using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Quotas;

/// <summary>The answer to a <see cref="LeaseRequest"/>.</summary>
/// <param name="Granted">The new lease; 0 when refused or returned.</param>
/// <param name="IsRefused">Whether less than needed is left. Then the old lease stays as it was.</param>
/// <param name="Available">What was left for this holder, with what it returned.</param>
/// <param name="Limit">The member's limit a day.</param>
/// <param name="TimeLeft">How long the day lasts from when the request arrived; the lease ends with it.</param>
/// <param name="Error">Why nothing is known; <see cref="ErrorReason.Unspecified"/> when it is. Then ask again the same.</param>
[GenerateSerializer]
[Alias("signalexchange.lease-reply")]
public sealed record LeaseReply(
    [property: Id(0)] long Granted,
    [property: Id(1)] bool IsRefused,
    [property: Id(2)] long Available,
    [property: Id(3)] long Limit,
    [property: Id(4)] TimeSpan TimeLeft,
    [property: Id(5)] ErrorReason Error = ErrorReason.Unspecified
);
