using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
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

        foreach (
            var (field, tooMuch) in new (string, MemberQuota)[]
            {
                ("evaluations_per_day", new() { EvaluationsPerDay = 1_000_001 }),
                ("submissions_per_day", new() { SubmissionsPerDay = 100_000_001 }),
                ("withdrawals_per_day", new() { WithdrawalsPerDay = 100_000_001 }),
                ("registrations_per_day", new() { RegistrationsPerDay = 1_000_001 }),
            }
        )
        {
            var (reason, _, info) = await RpcErrors.Of(() =>
                Members.SetQuotaAsync(new() { MemberId = "has-quota", Quota = tooMuch }).ResponseAsync
            );
            Assert.Equal((ErrorReason.OutOfRange, $"quota.{field}"), (reason, info.Metadata["field"]));
        }

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
    public async Task What_a_countrys_law_asks_is_set_recorded_and_holds_from_the_next_call_on()
    {
        var sender = await Reporter.Join(exchange, "sends-to-law");
        using var receiver = new TestMember("under-law");
        var request = new AddMemberRequest { MemberId = "under-law", Jurisdictions = { "NL" } };
        request.PublicKey = Google.Protobuf.ByteString.CopyFrom(receiver.PublicKey);
        await Members.AddMemberAsync(request, cancellationToken: Ct);
        var reader = new Reporter(exchange.InvokerFor(receiver));
        var element = (await sender.NewElements(1))[0];
        var legal = new LegalEnvelope { Basis = LegalBasis.PublicInterest };
        await sender.Submit(Reporter.SubmissionOf(element, statement => statement.Legal = legal));
        var token = await sender.TokenOf(element);
        Assert.Single((await reader.Check([token])).Hits);
        var before = exchange.Log.Size;

        var rule = new DeliveryRule { Country = "NL", Bases = { LegalBasis.Authority, LegalBasis.LegalObligation } };
        await Policies.SetPolicyAsync(new() { Policy = new() { DeliveryRules = { rule } } }, cancellationToken: Ct);

        Assert.Empty((await reader.Check([token])).Hits);
        Assert.Empty((await reader.Get([token])).Results);
        Assert.Single((await sender.Check([token])).Hits);
        var told = (await exchange.EntriesSince(before)).SelectMany(it => it.Changes);
        Assert.Contains(
            ("policy.delivery.bases", "", "NL/LegalObligation+Authority"),
            told.Select(it => (it.Setting, it.OldValue, it.NewValue))
        );
        Assert.Equal([rule], (await Policies.GetPolicyAsync(new(), cancellationToken: Ct)).Policy.DeliveryRules);
        await Policies.SetPolicyAsync(new() { Policy = new() }, cancellationToken: Ct);
        Assert.Single((await reader.Check([token])).Hits);
    }

    [Fact]
    public async Task A_law_that_is_not_well_formed_is_refused_with_its_place()
    {
        Assert.Equal(
            (ErrorReason.FieldMalformed, "policy.delivery_rules[1].country"),
            await Refused(new DeliveryRule { Country = "DE" }, new DeliveryRule { Country = "Germany" })
        );
        Assert.Equal(
            (ErrorReason.EnumUnknown, "policy.delivery_rules[0].bases"),
            await Refused(new DeliveryRule { Country = "DE", Bases = { (LegalBasis)99 } })
        );
        Assert.Equal(
            (ErrorReason.DuplicateInBatch, "policy.delivery_rules"),
            await Refused(new DeliveryRule { Country = "DE" }, new DeliveryRule { Country = "DE" })
        );

        async Task<(ErrorReason, string)> Refused(params DeliveryRule[] rules)
        {
            var request = new SetPolicyRequest { Policy = new() { DeliveryRules = { rules } } };
            var (reason, _, info) = await RpcErrors.Of(() => Policies.SetPolicyAsync(request).ResponseAsync);
            return (reason, info.Metadata["field"]);
        }
    }

    [Fact]
    public async Task A_hold_is_placed_widened_listed_and_lifted_and_narrowed_by_nobody_alone()
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
        hold.LastPeriod = 689;
        Assert.Equal(
            ErrorReason.OutOfRange,
            await RpcErrors.ReasonOf(() => Policies.PlaceHoldAsync(new() { Hold = hold }).ResponseAsync)
        );

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
