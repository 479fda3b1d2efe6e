using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>What this silo may still do of one kind for one member today: a lease of the member's <see cref="IQuotaGrain"/>.</summary>
/// <param name="lease">Asks the grain.</param>
/// <param name="spent">Why it is refused when the day's limit is reached.</param>
/// <param name="holder">This process.</param>
/// <param name="clock">The time.</param>
/// <remarks>
/// Safe from any thread. While the answer to a request is unknown, the pot is empty: the same request is sent again before anything
/// else, since only then is it known which lease is open.
/// </remarks>
internal sealed class CountedAllowance(
    Func<LeaseRequest, Task<LeaseReply>> lease,
    ErrorReason spent,
    string holder,
    TimeProvider clock
) : IDisposable
{
    private readonly Lock _gate = new();

    // One request at a time, in order.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private LeaseRequest? _pending;
    private long _sequence;
    private LeaseTime _time;
    private LastRefusal? _refusal;
    private long _pot;

    /// <summary>Takes some of it, all or nothing.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait for a lease; what was asked for is asked for again by the next.</param>
    /// <returns>The verdict, and the day from which it was taken.</returns>
    public async ValueTask<(QuotaVerdict Verdict, LeaseTime Day)> Take(int count, CancellationToken cancellationToken)
    {
        if (TryTake(count) is { } fast)
        {
            return fast;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                if (TryTake(count) is { } taken)
                {
                    return taken;
                }

                if (await Renew(count, isReturn: false, cancellationToken) is { } failure)
                {
                    return (failure, default);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Puts back what was taken and not used. After the end of its day it is worth nothing.</summary>
    public void PutBack(int count, LeaseTime day)
    {
        lock (_gate)
        {
            _pot += day == _time ? count : 0;
        }
    }

    /// <summary>Returns everything to the member's other silos.</summary>
    public async Task Return(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_pending is not null && await Renew(0, isReturn: true, cancellationToken) is not null)
            {
                return;
            }

            if (Left() > 0)
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

    private long Left()
    {
        lock (_gate)
        {
            return _time.LeftAt(clock) > TimeSpan.Zero ? _pot : 0;
        }
    }

    private (QuotaVerdict Verdict, LeaseTime Day)? TryTake(int count)
    {
        lock (_gate)
        {
            if (_pot >= count && _time.LeftAt(clock) > TimeSpan.Zero)
            {
                _pot -= count;
                return (QuotaVerdict.Fits, _time);
            }

            return _refusal?.For(count, count, clock) is { } refused ? (refused, default) : null;
        }
    }

    private async Task<QuotaVerdict?> Renew(long needed, bool isReturn, CancellationToken cancellationToken)
    {
        var request = _pending ??= new LeaseRequest(holder, ++_sequence, Drain(), needed, isReturn);
        var sentAt = clock.GetTimestamp();
        var (reply, failure) = await LeaseCalls.Send(() => lease(request), reply => reply, cancellationToken);
        if (reply is null)
        {
            return failure;
        }

        _pending = null;
        Accept(request, reply, new LeaseTime(sentAt, reply.TimeLeft));
        return null;
    }

    private long Drain()
    {
        lock (_gate)
        {
            var drained = _time.LeftAt(clock) > TimeSpan.Zero ? _pot : 0;
            _pot = 0;
            return drained;
        }
    }

    private void Accept(LeaseRequest request, LeaseReply reply, LeaseTime time)
    {
        lock (_gate)
        {
            if (reply.IsRefused)
            {
                _pot += request.Unused;
                _refusal = new(spent, reply, time);
                return;
            }

            (_pot, _time, _refusal) = (reply.Granted, time, null);
        }
    }
}
