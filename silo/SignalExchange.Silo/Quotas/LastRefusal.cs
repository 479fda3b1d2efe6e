using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>What the grain refused last: a member that goes on asking is answered from it, without a grain call each time.</summary>
/// <param name="Reason">What is spent.</param>
/// <param name="Reply">The refusal.</param>
/// <param name="Time">The day that it is about.</param>
internal sealed record LastRefusal(ErrorReason Reason, LeaseReply Reply, LeaseTime Time)
{
    /// <summary>How long it is believed: other silos may return what they did not use.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>Returns the refusal of a batch, if it is still believed and the batch is as large.</summary>
    /// <param name="needed">What the batch needs.</param>
    /// <param name="count">The elements of the batch.</param>
    /// <param name="clock">The time.</param>
    public QuotaVerdict? For(long needed, int count, TimeProvider clock)
    {
        var left = Time.LeftAt(clock);
        return needed > Reply.Available && left > TimeSpan.Zero && clock.GetElapsedTime(Time.SentAt) < Memory
            ? new QuotaVerdict(new Refusal(Reason, Limit: Reply.Limit, Actual: count), left)
            : null;
    }
}
