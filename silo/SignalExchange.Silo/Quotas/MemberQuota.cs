using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>One member's allowances on this silo.</summary>
internal sealed class MemberQuota : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CountedAllowance _submissions;
    private readonly CountedAllowance _withdrawals;
    private readonly CountedAllowance _registrations;
    private long _usedAt;

    public MemberQuota(IQuotaGrain quotas, string holder, TimeProvider clock)
    {
        (_clock, _usedAt) = (clock, clock.GetTimestamp());
        Evaluations = new(quotas.LeaseEvaluations, ErrorReason.QuotaEvaluationsSpent, holder, clock);
        Tokens = new(quotas, holder, clock);
        _submissions = Writes(WriteKind.Submissions, ErrorReason.QuotaSubmissionsSpent);
        _withdrawals = Writes(WriteKind.Withdrawals, ErrorReason.QuotaWithdrawalsSpent);
        _registrations = Writes(WriteKind.Registrations, ErrorReason.QuotaRegistrationsSpent);

        CountedAllowance Writes(WriteKind kind, ErrorReason spent) =>
            new(request => quotas.LeaseWrites(kind, request), spent, holder, clock);
    }

    public CountedAllowance Evaluations { get; }

    public TokenAllowance Tokens { get; }

    /// <summary>Gets for how long nobody used it.</summary>
    public TimeSpan Idle => _clock.GetElapsedTime(Interlocked.Read(ref _usedAt));

    /// <summary>Returns the allowance of a kind of writes.</summary>
    public CountedAllowance WritesOf(WriteKind kind) =>
        kind switch
        {
            WriteKind.Submissions => _submissions,
            WriteKind.Withdrawals => _withdrawals,
            WriteKind.Registrations => _registrations,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of writes."),
        };

    /// <summary>Notes that it is used now.</summary>
    public void Touch() => Interlocked.Exchange(ref _usedAt, _clock.GetTimestamp());

    /// <summary>Returns what is left to the member's other silos.</summary>
    public Task Return(CancellationToken cancellationToken) =>
        Task.WhenAll([Tokens.Return(cancellationToken), .. Counted.Select(it => it.Return(cancellationToken))]);

    public void Dispose()
    {
        Tokens.Dispose();
        foreach (var counted in Counted)
        {
            counted.Dispose();
        }
    }

    private IEnumerable<CountedAllowance> Counted => [Evaluations, _submissions, _withdrawals, _registrations];
}
