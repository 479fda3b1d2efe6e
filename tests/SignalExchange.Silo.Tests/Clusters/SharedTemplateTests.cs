using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Templates;

namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>The bands of an ad that one silo registered find it on every other, and find it no longer when it was withdrawn anywhere.</summary>
[Collection(SharedCluster.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class SharedTemplateTests(ClusterFixture cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_registered_on_one_silo_is_matched_on_another_at_its_position_until_a_third_withdraws_it()
    {
        var member = await cluster.AddMember("registers-there");
        var silos = Enumerable.Range(0, 3).Select(silo => new AdReporter(cluster.InvokerFor(silo, member))).ToList();
        for (var round = 0; round < 12; round++)
        {
            var (one, other, third) = (silos[round % 3], silos[(round + 1) % 3], silos[(round + 2) % 3]);
            var ad = AdReporter.NewAd();
            var registered = Assert.Single(await one.Register(AdReporter.RegistrationOf(ad))).Accepted;

            var match = await Match(other, AdReporter.Sharing(ad, 20), registered.Position);
            Assert.Equal(registered.TemplateId, Assert.Single(Assert.Single(match.Ads).Templates).TemplateId);

            var withdrawn = Assert.Single(await third.Withdraw(registered.TemplateId)).Accepted;
            Assert.Empty((await Match(one, ad, withdrawn.Position)).Ads);
            Assert.Empty((await Match(other, ad, withdrawn.Position)).Ads);
        }
    }

    private static async Task<MatchAdsResponse> Match(AdReporter reporter, byte[] ad, Position position)
    {
        var request = await reporter.RequestOf(ad);
        request.AtLeast.Add(position);
        return await reporter.Templates.MatchAdsAsync(request, cancellationToken: Ct);
    }
}
