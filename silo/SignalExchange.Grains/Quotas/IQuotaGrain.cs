namespace SignalExchange.Grains.Quotas;

/// <summary>One member's quotas; the key is its id. Silos lease parts of them, so that a call normally costs no grain call.</summary>
[Alias("signalexchange.quota")]
public interface IQuotaGrain : IGrainWithStringKey
{
    /// <summary>Leases evaluations. A lease is written before it is answered, and counts as used until it is closed.</summary>
    [Alias("LeaseEvaluations")]
    Task<LeaseReply> LeaseEvaluations(LeaseRequest request);

    /// <summary>Leases writes of a kind, as evaluations are leased.</summary>
    [Alias("LeaseWrites")]
    Task<LeaseReply> LeaseWrites(WriteKind kind, LeaseRequest request);

    /// <summary>Merges what a silo saw of the day's tokens, and leases more.</summary>
    [Alias("LeaseTokens")]
    Task<TokenLeaseReply> LeaseTokens(TokenLeaseRequest request);
}
