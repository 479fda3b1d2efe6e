using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>Quotas, retention, thresholds and legal holds: one operator alone at first, then only two.</summary>
public sealed class PolicyServiceTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MemberService.MemberServiceClient Members => new(exchange.InvokerFor(exchange.Operator));

    private PolicyService.PolicyServiceClient Policies => new(exchange.InvokerFor(exchange.Operator));

    [Fact]
    public async Task A_member_s_own_quota_takes_effect_and_what_no_member_may_have_is_refused()
    {
        var reporter = await Reporter.Join(exchange, "has-quota");
        var answer = await Members.SetQuotaAsync(
            new()
            {
                MemberId = "has-quota",
                Quota = new() { EvaluationsPerDay = 0 },
            },
            cancellationToken: Ct
        );
        Assert.Equal(0UL, answer.Member.Quota.EvaluationsPerDay);
        Assert.Equal(ErrorReason.QuotaEvaluationsSpent, await RpcErrors.ReasonOf(() => reporter.NewElements(1)));

        await Members.SetQuotaAsync(new() { MemberId = "has-quota" }, cancellationToken: Ct);
        var deadline = Reporter.Now.AddSeconds(20); // A silo believes its last refusal for five seconds.
        while (await Record.ExceptionAsync(() => reporter.NewElements(1)) is { } refused)
        {
            Assert.True(Reporter.Now < deadline, refused.Message);
            await Task.Delay(100, Ct);
        }

        var tooMuch = new MemberQuota { EvaluationsPerDay = 1_000_001 };
        var (reason, _, info) = await RpcErrors.Of(() =>
            Members.SetQuotaAsync(new() { MemberId = "has-quota", Quota = tooMuch }).ResponseAsync
        );
        Assert.Equal((ErrorReason.OutOfRange, "quota.evaluations_per_day"), (reason, info.Metadata["field"]));
        Assert.Equal(
            ErrorReason.MemberNotFound,
            await RpcErrors.ReasonOf(() => Members.SetQuotaAsync(new() { MemberId = "nobody" }).ResponseAsync)
        );
    }

    [Theory]
    [InlineData(0u, ErrorReason.OutOfRange)]
    [InlineData(1u, null)]
    [InlineData(600u, null)]
    [InlineData(601u, ErrorReason.OutOfRange)]
    public async Task Retention_is_1_to_600_months(uint months, ErrorReason? expected)
    {
        var request = new SetPolicyRequest { Policy = new() { TrafficMonths = months } };
        if (expected is { } reason)
        {
            Assert.Equal(reason, await RpcErrors.ReasonOf(() => Policies.SetPolicyAsync(request).ResponseAsync));
        }
        else
        {
            Assert.Equal(months, (await Policies.SetPolicyAsync(request, cancellationToken: Ct)).Policy.TrafficMonths);
        }
    }

    [Fact]
    public async Task A_hold_is_placed_replaced_listed_and_lifted()
    {
        var hold = new Hold
        {
            HoldId = "case-1",
            FirstPeriod = 680,
            LastPeriod = 683,
        };
        await Policies.PlaceHoldAsync(new() { Hold = hold }, cancellationToken: Ct);
        hold.LastPeriod = 690;
        await Policies.PlaceHoldAsync(new() { Hold = hold }, cancellationToken: Ct);

        var held = Assert.Single((await Policies.GetPolicyAsync(new(), cancellationToken: Ct)).Holds);
        Assert.Equal(("case-1", 690u), (held.HoldId, held.LastPeriod));
        Assert.NotNull(held.PlacedAt);

        await Policies.LiftHoldAsync(new() { HoldId = "case-1" }, cancellationToken: Ct);
        Assert.Empty((await Policies.GetPolicyAsync(new(), cancellationToken: Ct)).Holds);
        Assert.Equal(
            ErrorReason.HoldNotFound,
            await RpcErrors.ReasonOf(() => Policies.LiftHoldAsync(new() { HoldId = "case-1" }).ResponseAsync)
        );
        hold.FirstPeriod = 691;
        Assert.Equal(
            ErrorReason.OutOfRange,
            await RpcErrors.ReasonOf(() => Policies.PlaceHoldAsync(new() { Hold = hold }).ResponseAsync)
        );
    }
}
