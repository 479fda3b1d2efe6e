using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>How many more distinct tokens this silo may look up for one member today.</summary>
/// <remarks>
/// Safe from any thread. Holds two sketches of 16 KiB while the member is active, and no token. A batch is tried on the second one;
/// if it fits, the two change places, else nothing has happened. Allocates nothing but for a request to the grain.
/// </remarks>
internal sealed class TokenAllowance(IQuotaGrain quotas, string holder, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();

    // One request at a time, in order.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TokenLeaseRequest? _pending;
    private long _sequence;
    private TokenDay? _day;
    private LastRefusal? _refusal;

    /// <summary>Counts a batch, all or nothing.</summary>
    /// <param name="tokens">The tokens, packed.</param>
    /// <param name="cancellationToken">Ends the wait for a lease; what was asked for is asked for again by the next.</param>
    public async ValueTask<QuotaVerdict> Take(ReadOnlyMemory<byte> tokens, CancellationToken cancellationToken)
    {
        if (TryTake(tokens.Span, out _) is { } fast)
        {
            return fast;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                if (TryTake(tokens.Span, out var needed) is { } verdict)
                {
                    return verdict;
                }

                if (await Renew(needed, isReturn: false, cancellationToken) is { } failure)
                {
                    return failure;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Notes that a token was a hit.</summary>
    public void Hit(ReadOnlySpan<byte> token)
    {
        lock (_gate)
        {
            _day?.Hit(token);
        }
    }

    /// <summary>Tells the grain what was seen, returns what is left, and lets go of the sketches.</summary>
    public async Task Return(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_pending is not null && await Renew(0, isReturn: true, cancellationToken) is not null)
            {
                return;
            }

            if (_day is not null)
            {
                await Renew(0, isReturn: true, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private QuotaVerdict? TryTake(ReadOnlySpan<byte> tokens, out long needed)
    {
        lock (_gate)
        {
            needed = 0;
            if (_day is not { } day || day.Time.LeftAt(clock) <= TimeSpan.Zero)
            {
                return null;
            }

            if (day.TryTake(tokens, out needed))
            {
                return QuotaVerdict.Fits;
            }

            return _refusal?.For(needed, tokens.Length / Token.Size, clock);
        }
    }

    private async Task<QuotaVerdict?> Renew(long needed, bool isReturn, CancellationToken cancellationToken)
    {
        var request = _pending ??= NewRequest(needed, isReturn);
        var sentAt = clock.GetTimestamp();
        var (reply, failure) = await LeaseCalls.Send(
            () => quotas.LeaseTokens(request),
            reply => reply.Lease,
            cancellationToken
        );
        if (reply is null)
        {
            return failure;
        }

        _pending = null;
        Accept(request.Lease, reply, new LeaseTime(sentAt, reply.Lease.TimeLeft));
        return null;
    }

    private TokenLeaseRequest NewRequest(long needed, bool isReturn)
    {
        lock (_gate)
        {
            // The lease rests until the answer is known. A day that is over has another key, so its sketch is of no use.
            _day?.Suspend();
            return new(
                new LeaseRequest(holder, ++_sequence, 0, needed, isReturn),
                _day?.Number ?? 0,
                _day?.TokensSeen() ?? [],
                _day?.HitsSeen() ?? []
            );
        }
    }

    private void Accept(LeaseRequest request, TokenLeaseReply reply, LeaseTime time)
    {
        lock (_gate)
        {
            if (reply.Lease.IsRefused)
            {
                _day?.Resume();
                _refusal = new(ErrorReason.QuotaTokensSpent, reply.Lease, time);
                return;
            }

            _refusal = null;
            _day = request.IsReturn ? null : TokenDay.Of(reply, time, _day);
        }
    }
}
