using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>With two operators, quotas, the policy and the end of a legal hold wait for the second one; its beginning does not.</summary>
public sealed class PolicyFourEyesTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_changes_before_the_second_operator_has_agreed()
    {
        using var second = new TestMember("consortium");
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        var policies = new PolicyService.PolicyServiceClient(exchange.InvokerFor(exchange.Operator));
        await exchange.AddMember("waits-quota");
        await members.AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                PublicKey = ByteString.CopyFrom(second.PublicKey),
                Role = KeyRole.Operator,
            },
            cancellationToken: Ct
        );
        var hold = new Hold
        {
            HoldId = "case-2",
            FirstPeriod = 1,
            LastPeriod = 2,
        };
        await policies.PlaceHoldAsync(new() { Hold = hold }, cancellationToken: Ct);

        var quota = new SetQuotaRequest
        {
            MemberId = "waits-quota",
            Quota = new() { TokensPerDay = 7 },
        };
        var asked = new[]
        {
            (await members.SetQuotaAsync(quota, cancellationToken: Ct)).Pending,
            (
                await policies.SetPolicyAsync(new() { Policy = new() { AlarmTokens = 5_000 } }, cancellationToken: Ct)
            ).Pending,
            (await policies.LiftHoldAsync(new() { HoldId = "case-2" }, cancellationToken: Ct)).Pending,
        };

        Assert.Equal([ApprovalAct.SetQuota, ApprovalAct.SetPolicy, ApprovalAct.LiftHold], asked.Select(it => it.Act));
        var now = await policies.GetPolicyAsync(new(), cancellationToken: Ct);
        Assert.False(now.Policy.HasAlarmTokens);
        Assert.Single(now.Holds);

        var approvals = new ApprovalService.ApprovalServiceClient(exchange.InvokerFor(second));
        foreach (var approval in asked)
        {
            await approvals.ApproveActAsync(Consents.To(approval), cancellationToken: Ct);
        }

        now = await policies.GetPolicyAsync(new(), cancellationToken: Ct);
        Assert.Equal(5_000u, now.Policy.AlarmTokens);
        Assert.Empty(now.Holds);
        var listed = await members.ListMembersAsync(new(), cancellationToken: Ct);
        Assert.Equal(7UL, listed.Members.Single(it => it.MemberId == "waits-quota").Quota.TokensPerDay);
    }
}
