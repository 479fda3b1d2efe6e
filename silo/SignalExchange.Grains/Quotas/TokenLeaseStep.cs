using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Quotas;

/// <summary>What a request for a lease on tokens comes to.</summary>
/// <param name="State">The state to answer from; to be written when <paramref name="IsChanged"/>.</param>
/// <param name="IsChanged">Whether it differs from the one before.</param>
/// <param name="Lease">What is granted.</param>
/// <param name="Alarm">The day's numbers, when they raise the alarm for the first time; null else.</param>
internal readonly record struct TokenLeaseStep(
    TokenQuotaState State,
    bool IsChanged,
    LeaseStep Lease,
    DayOfTokens? Alarm
);
