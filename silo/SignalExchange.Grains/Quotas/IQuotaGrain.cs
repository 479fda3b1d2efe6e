using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Quotas;

/// <summary>One member's quotas; the key is its id. Silos lease parts of them, so that a call normally costs no grain call.</summary>
[Alias("signalexchange.quota")]
public interface IQuotaGrain : IGrainWithStringKey
{
    /// <summary>Leases evaluations. A lease is written before it is answered, and counts as used until it is closed.</summary>
    [Alias("LeaseEvaluations")]
    Task<LeaseReply> LeaseEvaluations(LeaseRequest request);

    /// <summary>Merges what a silo saw of the day's tokens, and leases more.</summary>
    [Alias("LeaseTokens")]
    Task<TokenLeaseReply> LeaseTokens(TokenLeaseRequest request);

    /// <summary>Gets what the member was given beyond the defaults.</summary>
    [Alias("GetLimits")]
    Task<QuotaLimits> GetLimits();

    /// <summary>Gives the member limits of its own, or the defaults back. Leases that are out stay out until they are closed.</summary>
    /// <returns>Why not; <see cref="ErrorReason.Unspecified"/> when it was written.</returns>
    [Alias("SetLimits")]
    Task<ErrorReason> SetLimits(QuotaLimits limits);
}
