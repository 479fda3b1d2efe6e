using SignalExchange.Contracts.Errors;

namespace SignalExchange.Silo.Quotas;

/// <summary>Whether a batch fits into the member's allowance.</summary>
/// <param name="Refusal">Why not; null if it does.</param>
/// <param name="RetryAfter">How long to wait before the same batch may fit.</param>
internal readonly record struct QuotaVerdict(Refusal? Refusal, TimeSpan RetryAfter)
{
    /// <summary>It fits, and is counted.</summary>
    public static QuotaVerdict Fits => default;
}
