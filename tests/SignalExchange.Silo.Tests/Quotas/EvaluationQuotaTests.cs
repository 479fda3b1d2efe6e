using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>A member's evaluations a day, seen from outside.</summary>
[Collection(SharedQuotas.Name)]
public sealed class EvaluationQuotaTests(SmallQuotas exchange)
{
    [Fact]
    public async Task A_batch_that_would_pass_the_limit_is_refused_whole_and_counts_nothing()
    {
        var member = await Reporter.Join(exchange, "evaluates");
        await Evaluate(member, 200);

        var refused = await RpcErrors.Of(() => Evaluate(member, 101));
        await Evaluate(member, 100);

        Assert.Equal((ErrorReason.QuotaEvaluationsSpent, StatusCode.ResourceExhausted), (refused.Reason, refused.Code));
        Assert.Equal(("300", "101"), (refused.Info.Metadata["limit"], refused.Info.Metadata["actual"]));
        Assert.Equal(ErrorReason.QuotaEvaluationsSpent, await RpcErrors.ReasonOf(() => Evaluate(member, 1)));
    }

    [Fact]
    public async Task A_refusal_says_that_the_next_day_begins_at_midnight_utc_and_whose_quota_it_is()
    {
        var member = await Reporter.Join(exchange, "retries");
        await Evaluate(member, 256);

        var failure = await Assert.ThrowsAsync<RpcException>(() => Evaluate(member, 256));

        var now = TimeProvider.System.GetUtcNow();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        var delay = failure.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan();
        Assert.InRange((midnight - now - delay).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var violation = Assert.Single(failure.GetRpcStatus()!.GetDetail<QuotaFailure>()!.Violations);
        Assert.Equal("member:retries", violation.Subject);
    }

    [Fact]
    public async Task One_members_quota_is_not_anothers()
    {
        var (a, b) = (await Reporter.Join(exchange, "spends"), await Reporter.Join(exchange, "has-its-own"));
        await Evaluate(a, 256);
        await Assert.ThrowsAsync<RpcException>(() => Evaluate(a, 256));

        await Evaluate(b, 256);
    }

    [Fact]
    public async Task A_batch_that_is_refused_for_another_reason_costs_nothing()
    {
        var member = await Reporter.Join(exchange, "errs");
        var key = await member.Key();
        for (var round = 0; round < 10; round++)
        {
            var bad = ByteString.CopyFrom([.. Pack(key, 99).Span, .. new byte[32]]);
            Assert.Equal(ErrorReason.ElementInvalid, await RpcErrors.ReasonOf(() => member.Evaluate(key.KeyId, bad)));
        }

        await Evaluate(member, 256);
        await Evaluate(member, 44);
    }

    [Fact]
    public async Task A_quota_survives_a_restart_to_the_last_evaluation()
    {
        var member = await exchange.AddMember("restarts");
        await Evaluate(new(exchange.InvokerFor(member)), 100);

        await exchange.Restart();

        var after = new Reporter(exchange.InvokerFor(member));
        Assert.Equal(ErrorReason.QuotaEvaluationsSpent, await RpcErrors.ReasonOf(() => Evaluate(after, 201)));
        await Evaluate(after, 200);
        Assert.Equal(ErrorReason.QuotaEvaluationsSpent, await RpcErrors.ReasonOf(() => Evaluate(after, 1)));
    }

    [Fact]
    public async Task Callers_at_the_same_time_get_the_limit_and_no_more()
    {
        var member = await Reporter.Join(exchange, "in-parallel");
        var answered = 0;

        await Parallel.ForAsync(
            0,
            100,
            TestContext.Current.CancellationToken,
            async (_, _) =>
            {
                try
                {
                    await Evaluate(member, 7);
                    Interlocked.Add(ref answered, 7);
                }
                catch (RpcException refused) when (refused.StatusCode == StatusCode.ResourceExhausted) { }
            }
        );

        Assert.Equal(294, answered);
    }

    private static async Task Evaluate(Reporter member, int count)
    {
        var key = await member.Key();
        await member.Evaluate(key.KeyId, Pack(key, count));
    }

    private static ByteString Pack(KeyManifest key, int count) =>
        ByteString.CopyFrom([.. Enumerable.Repeat(key.PublicKey, count).SelectMany(element => element)]);
}
