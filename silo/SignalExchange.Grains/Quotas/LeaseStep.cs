using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Quotas;

/// <summary>What a request for a lease comes to.</summary>
/// <param name="Next">The account to write; null when nothing changes.</param>
/// <param name="Granted">The new lease.</param>
/// <param name="Available">What was left for this holder, with what it returned.</param>
/// <param name="IsRefused">Whether less than needed is left.</param>
internal readonly record struct LeaseStep(QuotaAccount? Next, long Granted, long Available, bool IsRefused);
