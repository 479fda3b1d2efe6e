using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Quotas;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>Several gates, each as of a silo of its own, over the same grains: the limit holds for all of them together.</summary>
public sealed class ManySilosTests(QuotasOfManySilos exchange) : IClassFixture<QuotasOfManySilos>, IDisposable
{
    private const int Evaluations = QuotasOfManySilos.EvaluationsPerDay;
    private const int Tokens = QuotasOfManySilos.TokensPerDay;

    private readonly List<QuotaGate> _gates = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _gates.ForEach(gate => gate.Dispose());

    [Fact]
    public async Task Together_they_evaluate_the_limit_and_no_more()
    {
        var member = new MemberId("on-four-silos");
        var used = 0;

        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => NewSilo()).Select(silo => Task.Run(() => SpendAll(silo, member), Ct))
        );

        Assert.InRange(used, Evaluations - (4 * 256), Evaluations);

        async Task SpendAll(QuotaGate silo, MemberId of)
        {
            while (await Fits(async () => (await silo.ReserveEvaluations(of, 16, Ct)).Spend()))
            {
                Interlocked.Add(ref used, 16);
            }
        }
    }

    [Fact]
    public async Task Silos_that_are_killed_take_their_leases_with_them_and_nothing_is_used_beyond_the_limit()
    {
        var member = new MemberId("on-killed-silos");
        var used = 0;
        for (var silo = NewSilo(); ; silo = NewSilo())
        {
            // Ten batches, then it is gone without a word.
            for (var batch = 0; batch < 10; batch++)
            {
                if (!await Fits(async () => (await silo.ReserveEvaluations(member, 10, Ct)).Spend()))
                {
                    Assert.InRange(used, 100, Evaluations);
                    return;
                }

                used += 10;
            }
        }
    }

    [Fact]
    public async Task Together_they_look_up_the_distinct_tokens_of_the_limit_within_the_sketchs_error()
    {
        var member = new MemberId("asks-four-silos");
        var silos = Enumerable.Range(0, 4).Select(_ => NewSilo()).ToList();
        var asked = 0;
        for (var from = 0; ; from += 500)
        {
            // Every token goes to two silos, as behind a load balancer: it counts once.
            var tokens = TestTokens.Pack(from, from + 500).Memory;
            if (
                !await Fits(() => silos[from / 500 % 4].RequireTokens(member, tokens, Ct).AsTask())
                || !await Fits(() => silos[((from / 500) + 1) % 4].RequireTokens(member, tokens, Ct).AsTask())
            )
            {
                break;
            }

            asked = from + 500;
        }

        // Four standard errors of 0.81 % above; below, what three other silos' leases hold as well.
        Assert.InRange(asked, (Tokens * 0.967) - (3 * 1_500), Tokens * 1.033);
    }

    private QuotaGate NewSilo()
    {
        var services = exchange.Services;
        var fast = new BurstOptions { EvaluationsPerSecond = 1_000_000, EvaluationBurst = 1_000_000 };
        fast.TokensPerSecond = fast.TokenBurst = 10_000_000;
        var gate = new QuotaGate(
            services.GetRequiredService<IGrainFactory>(),
            Options.Create(fast),
            services.GetRequiredService<QuotaMetrics>(),
            services.GetRequiredService<TimeProvider>()
        );
        _gates.Add(gate);
        return gate;
    }

    private static async Task<bool> Fits(Func<Task> take)
    {
        try
        {
            await take();
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.ResourceExhausted)
        {
            return false;
        }
    }
}
