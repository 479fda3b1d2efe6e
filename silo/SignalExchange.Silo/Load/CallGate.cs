using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Load;

/// <summary>Takes on so much work at once and lets so much more wait, each member its share; everything else is turned away at once.</summary>
/// <remarks>Safe from any thread. A call that waits and whose deadline passes, or whose caller goes away, leaves the queue.</remarks>
internal sealed class CallGate(IOptions<LoadOptions> options) : IDisposable
{
    /// <summary>After how long who was turned away should come again.</summary>
    public static readonly RetryAdvice Retry = new(TimeSpan.FromMilliseconds(500));

    private static readonly RetryAdvice StreamRetry = new(TimeSpan.FromSeconds(5));

    private readonly FairPlaces _places = new(options.Value.MaxConcurrentCalls, options.Value.MaxPlacesPerMember);

    private readonly PartitionedRateLimiter<LoadParty> _calls = ByParty(options.Value.MaxCallsPerMember);

    private readonly PartitionedRateLimiter<LoadParty> _streams = ByParty(options.Value.MaxStreamsPerMember);

    /// <summary>Gets how many wait.</summary>
    public long Waiting => _places.Waiting;

    /// <summary>Gets how many were ever let in.</summary>
    public long Entered => _places.Entered;

    /// <summary>Takes a place, at once or after a wait; disposing of it gives it back.</summary>
    /// <exception cref="Grpc.Core.RpcException">OVERLOADED: too many wait already, of all or of this party.</exception>
    /// <exception cref="OperationCanceledException">The caller went away, or its deadline passed.</exception>
    public async ValueTask<IDisposable> Enter(LoadParty party, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (all, own) = (options.Value.MaxWaitingCalls, options.Value.MaxWaitingCallsPerMember);
        if (_places.TryEnter(party, all, own, out var waiting, out var exceeded) is { } place)
        {
            return place;
        }

        if (waiting is null)
        {
            throw new Refusal(ErrorReason.Overloaded, Limit: exceeded).ToRpcException(Retry);
        }

        await using var gone = cancellationToken.UnsafeRegister(_ => _places.Leave(waiting, cancellationToken), null);
        return await waiting.Place;
    }

    /// <summary>Counts a call of a party from its headers to its end, before anything of its message is read.</summary>
    /// <returns>Disposing of it ends it; null when the party has as many as it may.</returns>
    public IDisposable? TryBegin(LoadParty party) => Acquired(_calls.AttemptAcquire(party));

    /// <summary>Takes a place for a stream of a member, for as long as it is open.</summary>
    /// <exception cref="Grpc.Core.RpcException">TOO_MANY_STREAMS.</exception>
    public IDisposable OpenStream(LoadParty party) =>
        Acquired(_streams.AttemptAcquire(party))
        ?? throw new Refusal(ErrorReason.TooManyStreams, Limit: options.Value.MaxStreamsPerMember).ToRpcException(
            StreamRetry
        );

    public void Dispose()
    {
        _calls.Dispose();
        _streams.Dispose();
    }

    private static PartitionedRateLimiter<LoadParty> ByParty(int limit) =>
        PartitionedRateLimiter.Create<LoadParty, LoadParty>(party =>
            RateLimitPartition.GetConcurrencyLimiter(party, _ => new ConcurrencyLimiterOptions { PermitLimit = limit })
        );

    private static RateLimitLease? Acquired(RateLimitLease lease)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }
}
