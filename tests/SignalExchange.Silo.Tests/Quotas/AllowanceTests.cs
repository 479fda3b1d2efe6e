using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Quotas;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>How a silo handles its leases: few calls, nothing twice, nothing after the day.</summary>
[Collection(ProcessWide.Name)]
public sealed class AllowanceTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(6);

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_within_the_lease_costs_no_grain_call()
    {
        var grain = new ScriptedQuotas(request => Grant(request.Needed + 1_000));
        using var evaluations = new CountedAllowance(
            grain.LeaseEvaluations,
            ErrorReason.QuotaEvaluationsSpent,
            "a",
            _clock
        );
        using var tokens = new TokenAllowance(grain, "a", _clock);

        for (var call = 0; call < 100; call++)
        {
            Assert.Null((await evaluations.Take(10, Ct)).Verdict.Refusal);
            Assert.Null((await tokens.Take(TestTokens.Pack(call * 5, (call + 1) * 5).Memory, Ct)).Refusal);
        }

        Assert.Equal(2, grain.Asked.Count);
    }

    [Fact]
    public async Task A_lost_reply_is_asked_for_again_before_anything_else()
    {
        var isLost = true;
        var grain = new ScriptedQuotas(request => isLost ? throw new TimeoutException() : Grant(request.Needed));
        using var evaluations = new CountedAllowance(
            grain.LeaseEvaluations,
            ErrorReason.QuotaEvaluationsSpent,
            "a",
            _clock
        );

        Assert.Equal(ErrorReason.NotReady, (await evaluations.Take(10, Ct)).Verdict.Refusal?.Reason);
        isLost = false;
        Assert.Null((await evaluations.Take(20, Ct)).Verdict.Refusal);

        Assert.Equal([(1L, 10L), (1L, 10L), (2L, 20L)], grain.Asked.Select(it => (it.Sequence, it.Needed)));
        Assert.Equal(10, grain.Asked[2].Unused);
    }

    [Fact]
    public async Task A_lease_ends_with_its_day_and_what_was_taken_then_is_not_put_back()
    {
        var grain = new ScriptedQuotas(_ => Grant(100));
        using var evaluations = new CountedAllowance(
            grain.LeaseEvaluations,
            ErrorReason.QuotaEvaluationsSpent,
            "a",
            _clock
        );
        var (_, day) = await evaluations.Take(40, Ct);

        _clock.Advance(Day - TimeSpan.FromTicks(1));
        Assert.Null((await evaluations.Take(10, Ct)).Verdict.Refusal);
        Assert.Single(grain.Asked);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null((await evaluations.Take(10, Ct)).Verdict.Refusal);
        evaluations.PutBack(40, day);
        await evaluations.Return(Ct);

        Assert.Equal([0L, 0L, 90L], grain.Asked.Select(it => it.Unused));
        Assert.True(grain.Asked[2].IsReturn);
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_five_seconds_and_smaller_batches_go_on()
    {
        var grain = new ScriptedQuotas(request => request.Needed > 50 ? Refuse(available: 50) : Grant(50));
        using var evaluations = new CountedAllowance(
            grain.LeaseEvaluations,
            ErrorReason.QuotaEvaluationsSpent,
            "a",
            _clock
        );

        for (var call = 0; call < 10; call++)
        {
            var (verdict, _) = await evaluations.Take(51, Ct);
            Assert.Equal((ErrorReason.QuotaEvaluationsSpent, Day), (verdict.Refusal?.Reason, verdict.RetryAfter));
        }

        Assert.Single(grain.Asked);
        Assert.Null((await evaluations.Take(50, Ct)).Verdict.Refusal);
        Assert.Equal(2, grain.Asked.Count);
        await evaluations.Take(51, Ct);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await evaluations.Take(51, Ct);
        Assert.Equal(4, grain.Asked.Count);
    }

    [Fact]
    public async Task What_a_refused_request_would_have_returned_stays()
    {
        var grain = new ScriptedQuotas(request => request.Needed > 100 ? Refuse(available: 100) : Grant(100));
        using var evaluations = new CountedAllowance(
            grain.LeaseEvaluations,
            ErrorReason.QuotaEvaluationsSpent,
            "a",
            _clock
        );
        await evaluations.Take(40, Ct);

        await evaluations.Take(200, Ct);
        Assert.Null((await evaluations.Take(60, Ct)).Verdict.Refusal);

        Assert.Equal(2, grain.Asked.Count);
    }

    [Fact]
    public async Task Idle_tokens_are_returned_and_their_sketches_let_go()
    {
        var grain = new ScriptedQuotas(request => Grant(request.IsReturn ? 0 : 1_000));
        using var tokens = new TokenAllowance(grain, "a", _clock);
        await tokens.Take(TestTokens.Pack(0, 10).Memory, Ct);

        await tokens.Return(Ct);
        await tokens.Return(Ct);
        await tokens.Take(TestTokens.Pack(0, 10).Memory, Ct);

        Assert.Equal([false, true, false], grain.Asked.Select(it => it.IsReturn));
    }

    [Fact]
    public async Task Checking_allocates_nothing_for_a_token()
    {
        var grain = new ScriptedQuotas(_ => Grant(1_000_000));
        using var tokens = new TokenAllowance(grain, "a", _clock);
        var (small, large) = (TestTokens.Pack(0, 1).Memory, TestTokens.Pack(0, 10_000).Memory);
        await tokens.Take(large, Ct);
        await tokens.Take(small, Ct);

        // Within the lease a call completes where it began, so one thread does it all.
        var before = GC.GetAllocatedBytesForCurrentThread();
        await tokens.Take(small, Ct);
        var between = GC.GetAllocatedBytesForCurrentThread();
        await tokens.Take(large, Ct);
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(between - before, after - between);
    }

    private static LeaseReply Grant(long amount) => new(amount, IsRefused: false, amount, 1_000, Day);

    private static LeaseReply Refuse(long available) => new(0, IsRefused: true, available, 1_000, Day);
}
