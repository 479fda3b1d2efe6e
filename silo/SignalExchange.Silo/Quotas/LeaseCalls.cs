using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>What a request to the grain comes to when it does not come through.</summary>
internal static class LeaseCalls
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Sends a request.</summary>
    /// <returns>The reply; or null and why there is none. What the grain did then is unknown until the same request is sent again.</returns>
    public static async Task<(T? Reply, QuotaVerdict Failure)> Send<T>(
        Func<Task<T>> send,
        Func<T, LeaseReply> leaseOf,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            var reply = await send().WaitAsync(cancellationToken);
            var error = leaseOf(reply).Error;
            return error == ErrorReason.Unspecified ? (reply, default) : (null, FailureOf(error));
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return (null, FailureOf(ErrorReason.NotReady));
        }
    }

    private static QuotaVerdict FailureOf(ErrorReason reason) => new(new Refusal(reason), RetryDelay);
}
