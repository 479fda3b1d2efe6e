using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Load;

/// <summary>Takes on so much work at once and lets so much more wait; everything else is turned away at once.</summary>
/// <remarks>Safe from any thread. A call that waits and whose deadline passes, or whose caller goes away, leaves the queue.</remarks>
internal sealed class CallGate(IOptions<LoadOptions> options) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StreamRetryDelay = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _places = new(
        new()
        {
            PermitLimit = options.Value.MaxConcurrentCalls,
            QueueLimit = options.Value.MaxWaitingCalls,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    private readonly PartitionedRateLimiter<MemberId> _streams = PartitionedRateLimiter.Create<MemberId, MemberId>(
        member =>
            RateLimitPartition.GetConcurrencyLimiter(
                member,
                _ => new ConcurrencyLimiterOptions { PermitLimit = options.Value.MaxStreamsPerMember }
            )
    );

    /// <summary>Gets how many wait.</summary>
    public long Waiting => _places.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Gets how many were ever let in.</summary>
    public long Entered => _places.GetStatistics()!.TotalSuccessfulLeases;

    /// <summary>Takes a place, at once or after a wait; disposing of it gives it back.</summary>
    /// <exception cref="Grpc.Core.RpcException">OVERLOADED: too many wait already.</exception>
    /// <exception cref="OperationCanceledException">The caller went away, or its deadline passed.</exception>
    public async ValueTask<IDisposable> Enter(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var place = await _places.AcquireAsync(1, cancellationToken);
        return Require(place, new(ErrorReason.Overloaded, Limit: options.Value.MaxWaitingCalls), RetryDelay);
    }

    /// <summary>Takes a place for a stream of a member, for as long as it is open.</summary>
    /// <exception cref="Grpc.Core.RpcException">TOO_MANY_STREAMS.</exception>
    public IDisposable OpenStream(MemberId member) =>
        Require(
            _streams.AttemptAcquire(member),
            new(ErrorReason.TooManyStreams, Limit: options.Value.MaxStreamsPerMember),
            StreamRetryDelay
        );

    public void Dispose()
    {
        _places.Dispose();
        _streams.Dispose();
    }

    private static RateLimitLease Require(RateLimitLease lease, Refusal refusal, TimeSpan retryDelay)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw refusal.ToRpcException(new RetryAdvice(retryDelay));
    }
}
