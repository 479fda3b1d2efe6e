using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Load;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Templates;

namespace SignalExchange.Faults.Tests;

/// <summary>Templates of ads outlive silos: edited reposts of what was registered fit it on every silo, and what was withdrawn fits nothing.</summary>
[Collection(FaultsCollection.Name)]
public sealed class TemplateFaultTests(FaultyCluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Templates_that_were_acknowledged_while_a_silo_died_are_matched_on_every_silo()
    {
        var ads = new AdWriter(cluster.Platforms[0], FaultySilos.Silos);

        await new Scenario(cluster).RunAsync(async _ =>
        {
            for (var round = 0; round < (FaultLength.IsLong ? 6 : 1); round++)
            {
                await ads.WriteAsync(3, Ct);
                await cluster.Processes[1].KillAsync();
                var writing = ads.WriteAsync(6, Ct);
                await FaultLength.LastAsync(2, 5);
                await cluster.Processes[1].StartAsync(Ct);
                await writing;
            }
        });

        for (var silo = 0; silo < FaultySilos.Silos; silo++)
        {
            foreach (var (ad, template) in ads.Said)
            {
                await AssertMatchesAsync(silo, SampleAds.Edited(ad, each: 12, seed: 90_001), template);
            }
        }
    }

    private async Task AssertMatchesAsync(int silo, string repost, TemplateId? template) =>
        await Eventually.ResultAsync(
            async () =>
            {
                var client = cluster.Platforms[1].At(silo, isPatient: true);
                var result = await client.MatchAdAsync(repost, CheckPurpose.Registration, cancellationToken: Ct);
                return result.Templates.Select(match => (TemplateId?)match.Template).ToList();
            },
            found => template is null ? found.Count == 0 : found.SequenceEqual([template]),
            template is null ? $"silo {silo} to match nothing any more" : $"silo {silo} to match {template}"
        );
}
