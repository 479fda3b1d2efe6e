using System.Threading.RateLimiting;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Quotas;

/// <summary>Token buckets by member: how much of something in a short time.</summary>
/// <remarks>Safe from any thread. Holds on this silo; n silos let n times as much through.</remarks>
internal sealed class MemberBursts(string field, int perSecond, int burst) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<MemberId> _buckets = PartitionedRateLimiter.Create<MemberId, MemberId>(
        member =>
            RateLimitPartition.GetTokenBucketLimiter(
                member,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = burst,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = Period,
                    QueueLimit = 0,
                }
            )
    );

    /// <summary>Takes a batch's elements out of the member's bucket, all or nothing.</summary>
    public QuotaVerdict Take(MemberId member, int count)
    {
        using var lease = _buckets.AttemptAcquire(member, count);
        if (lease.IsAcquired)
        {
            return QuotaVerdict.Fits;
        }

        var delay = lease.TryGetMetadata(MetadataName.RetryAfter, out var stated) ? stated : Period;
        return new(new Refusal(ErrorReason.BurstLimit, field, perSecond, count), delay);
    }

    public void Dispose() => _buckets.Dispose();
}
