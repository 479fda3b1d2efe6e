using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>One member's allowances on this silo.</summary>
internal sealed class MemberQuota(IQuotaGrain quotas, string holder, TimeProvider clock) : IDisposable
{
    private long _usedAt = clock.GetTimestamp();

    public EvaluationAllowance Evaluations { get; } = new(quotas, holder, clock);

    public TokenAllowance Tokens { get; } = new(quotas, holder, clock);

    /// <summary>Gets for how long nobody used it.</summary>
    public TimeSpan Idle => clock.GetElapsedTime(Interlocked.Read(ref _usedAt));

    /// <summary>Notes that it is used now.</summary>
    public void Touch() => Interlocked.Exchange(ref _usedAt, clock.GetTimestamp());

    /// <summary>Returns what is left to the member's other silos.</summary>
    public Task Return(CancellationToken cancellationToken) =>
        Task.WhenAll(Evaluations.Return(cancellationToken), Tokens.Return(cancellationToken));

    public void Dispose()
    {
        Evaluations.Dispose();
        Tokens.Dispose();
    }
}
