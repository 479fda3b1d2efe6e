using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Quotas;

/// <summary>What stands between a member and the exchange: how much it may evaluate, ask about and write.</summary>
/// <remarks>
/// The only defence against enumeration, since blinded requests all look alike, and against a member that fills storage and indexes. Handlers come here after their batch was found to be right and
/// before anything is done. Safe from any thread; a call that fits into this silo's lease costs no grain call.
/// </remarks>
internal sealed class QuotaGate(
    IGrainFactory grains,
    IOptions<BurstOptions> bursts,
    QuotaMetrics metrics,
    TimeProvider clock
) : IDisposable
{
    // A process has a name of its own: what its predecessor held when it was killed stays used.
    private readonly string _holder = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly ConcurrentDictionary<MemberId, MemberQuota> _members = new();
    private readonly MemberBursts _evaluations = new(
        "blinded_elements",
        bursts.Value.EvaluationsPerSecond,
        bursts.Value.EvaluationBurst
    );
    private readonly MemberBursts _tokens = new("tokens", bursts.Value.TokensPerSecond, bursts.Value.TokenBurst);
    private readonly MemberBursts _submissions = new(
        "submissions",
        bursts.Value.SubmissionsPerSecond,
        bursts.Value.SubmissionBurst
    );
    private readonly MemberBursts _withdrawals = new(
        "withdrawals",
        bursts.Value.WithdrawalsPerSecond,
        bursts.Value.WithdrawalBurst
    );
    private readonly MemberBursts _registrations = new(
        "registrations",
        bursts.Value.RegistrationsPerSecond,
        bursts.Value.RegistrationBurst
    );

    /// <summary>Gets the members that this silo has leases for, or had.</summary>
    public IEnumerable<MemberQuota> Members => _members.Values;

    /// <summary>Takes evaluations for a batch; the handler spends them once it has evaluated.</summary>
    /// <exception cref="Grpc.Core.RpcException">BURST_LIMIT or QUOTA_EVALUATIONS_SPENT; nothing is counted.</exception>
    public async ValueTask<CountedReservation> ReserveEvaluations(
        MemberId member,
        int count,
        CancellationToken cancellationToken
    )
    {
        Require(member, _evaluations.Take(member, count));
        return await Reserve(member, Find(member).Evaluations, count, cancellationToken);
    }

    /// <summary>Takes writes for a batch that is about to be written; the handler spends those that changed something.</summary>
    /// <exception cref="Grpc.Core.RpcException">BURST_LIMIT, or the day's limit of the kind is spent; nothing is counted.</exception>
    public async ValueTask<CountedReservation> ReserveWrites(
        MemberId member,
        WriteKind kind,
        int count,
        CancellationToken cancellationToken
    )
    {
        Require(member, BurstsOf(kind).Take(member, count));
        return await Reserve(member, Find(member).WritesOf(kind), count, cancellationToken);
    }

    /// <summary>Counts the tokens of a batch that is about to be looked up.</summary>
    /// <exception cref="Grpc.Core.RpcException">BURST_LIMIT or QUOTA_TOKENS_SPENT; nothing is counted.</exception>
    public async ValueTask RequireTokens(
        MemberId member,
        ReadOnlyMemory<byte> tokens,
        CancellationToken cancellationToken
    )
    {
        Require(member, _tokens.Take(member, tokens.Length / Token.Size));
        Require(member, await Find(member).Tokens.Take(tokens, cancellationToken));
    }

    /// <summary>Notes which of a batch's tokens were hits: a day almost without any raises an alarm.</summary>
    public void CountHits(MemberId member, ReadOnlySpan<byte> tokens, IEnumerable<int> places)
    {
        var allowance = Find(member).Tokens;
        foreach (var place in places)
        {
            allowance.Hit(tokens.Slice(place * Token.Size, Token.Size));
        }
    }

    public void Dispose()
    {
        _evaluations.Dispose();
        _tokens.Dispose();
        _submissions.Dispose();
        _withdrawals.Dispose();
        _registrations.Dispose();
        foreach (var quota in _members.Values)
        {
            quota.Dispose();
        }
    }

    private MemberBursts BurstsOf(WriteKind kind) =>
        kind switch
        {
            WriteKind.Submissions => _submissions,
            WriteKind.Withdrawals => _withdrawals,
            WriteKind.Registrations => _registrations,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of writes."),
        };

    private async ValueTask<CountedReservation> Reserve(
        MemberId member,
        CountedAllowance allowance,
        int count,
        CancellationToken cancellationToken
    )
    {
        var (verdict, day) = await allowance.Take(count, cancellationToken);
        Require(member, verdict);
        return new CountedReservation(allowance, count, day);
    }

    private MemberQuota Find(MemberId member)
    {
        var quota = _members.GetOrAdd(
            member,
            static (id, gate) => new(gate.grains.GetGrain<IQuotaGrain>(id.Value), gate._holder, gate.clock),
            (grains, _holder, clock)
        );
        quota.Touch();
        return quota;
    }

    private void Require(MemberId member, QuotaVerdict verdict)
    {
        if (verdict.Refusal is { } refusal)
        {
            metrics.Refused(refusal.Reason);
            throw refusal.ToRpcException(new RetryAdvice(verdict.RetryAfter, $"member:{member}"));
        }
    }
}
