using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>A member's day is one day, on however many silos it spends it.</summary>
[Collection(SharedCluster.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class SharedQuotaTests(ClusterFixture cluster)
{
    private const int Limit = 2_000;
    private const int Batch = 50;
    private const int Lease = 256;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_that_spends_on_all_silos_at_once_gets_its_limit_and_no_more()
    {
        var member = await cluster.AddMember("spends-everywhere");
        await new MemberService.MemberServiceClient(cluster.InvokerFor(0, cluster.Operator)).SetQuotaAsync(
            new()
            {
                MemberId = "spends-everywhere",
                Quota = new() { EvaluationsPerDay = Limit },
            },
            cancellationToken: Ct
        );
        await Eventually.TrueAsync(
            () => cluster.Silos.All(silo => LimitsAt(silo).EvaluationsPerDay == Limit),
            "every silo has heard of the quota",
            TimeSpan.FromMilliseconds(20)
        );

        var spent = await Task.WhenAll(Enumerable.Range(0, 3).Select(silo => SpendAll(silo, member)));

        // What is missing lies in leases that other silos hold, one each at most.
        Assert.InRange(spent.Sum(), Limit - (2 * Lease) - (3 * Batch), Limit);
        Assert.All(spent, share => Assert.NotEqual(0, share));
    }

    private static QuotaLimits LimitsAt(WebApplication silo) =>
        silo.Services.GetRequiredService<MemberDirectory>().LimitsOf("spends-everywhere");

    private async Task<int> SpendAll(int silo, TestMember member)
    {
        var keys = new Contracts.V1.KeyService.KeyServiceClient(cluster.InvokerFor(silo, member));
        var key = (await keys.GetKeyManifestsAsync(new(), cancellationToken: Ct)).Manifests[0];
        var request = new EvaluateRequest
        {
            KeyId = key.KeyId,
            BlindedElements = ByteString.CopyFrom([
                .. Enumerable.Repeat(key.PublicKey.ToByteArray(), Batch).SelectMany(it => it),
            ]),
        };
        for (var spent = 0; ; spent += Batch)
        {
            Task call = keys.EvaluateAsync(request, cancellationToken: Ct).ResponseAsync;
            await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!call.IsCompletedSuccessfully)
            {
                Assert.Equal(ErrorReason.QuotaEvaluationsSpent, await RpcErrors.ReasonOf(() => call));
                return spent;
            }
        }
    }
}
