using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>What is acknowledged on one silo is found on every other, with its position at once.</summary>
[Collection(SharedCluster.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class SharedSignalTests(ClusterFixture cluster)
{
    private const int Shards = 256;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_submitted_on_one_silo_is_found_on_another_at_its_position()
    {
        var member = await cluster.AddMember("reads-its-own");
        var silos = Enumerable.Range(0, 3).Select(silo => cluster.ReporterAt(silo, member)).ToList();
        var elements = await silos[0].NewElements(60);
        for (var place = 0; place < elements.Count; place++)
        {
            var (writer, reader) = (silos[place % 3], silos[(place + 1 + (place / 3 % 2)) % 3]);
            var accepted = (await writer.Submit(Reporter.SubmissionOf(elements[place])))[0].Accepted;

            var answer = await reader.Check([await reader.TokenOf(elements[place])], accepted.Position);

            Assert.Equal(accepted.SignalId, Assert.Single(Assert.Single(answer.Hits).Verdict.Signals).SignalId);
        }
    }

    [Fact]
    public async Task What_is_withdrawn_on_one_silo_is_gone_from_another_at_its_position()
    {
        var member = await cluster.AddMember("withdraws-there");
        var silos = Enumerable.Range(0, 3).Select(silo => cluster.ReporterAt(silo, member)).ToList();
        foreach (var (place, element) in (await silos[0].NewElements(12)).Index())
        {
            var token = await silos[0].TokenOf(element);
            var submitted = (await silos[place % 3].Submit(Reporter.SubmissionOf(element)))[0].Accepted;
            Assert.Single((await silos[(place + 1) % 3].Check([token], submitted.Position)).Hits);

            var withdrawn = Assert.Single(await silos[(place + 2) % 3].Withdraw(token));

            Assert.Empty((await silos[place % 3].Check([token], withdrawn.Accepted.Position)).Hits);
            Assert.Empty((await silos[(place + 1) % 3].Check([token], withdrawn.Accepted.Position)).Hits);
        }
    }

    [Fact]
    public async Task Silo_that_cannot_ask_the_storage_answers_misses_by_the_word_of_the_shards_writers()
    {
        var member = await cluster.AddMember("asks-in-an-outage");
        var reporter = cluster.ReporterAt(2, member);
        var request = await reporter.CheckRequestOf(
            Enumerable.Range(0, Shards).Select(shard => new Contracts.Token([(byte)shard, .. new byte[31]]))
        );
        await UntilEveryShardHasItsWriter();
        await reporter.Signals.CheckAsync(request, cancellationToken: Ct);
        cluster.StoreOf(2).Failure = new StorageUnavailableException();
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(4))
            {
                Assert.Empty((await reporter.Signals.CheckAsync(request, cancellationToken: Ct)).Hits);
            }
        }
        finally
        {
            cluster.StoreOf(2).Failure = null;
        }
    }

    // One that is not open yet at its home can't be opened there without the storage, and nobody gives its word.
    private Task UntilEveryShardHasItsWriter()
    {
        var management = cluster.Silos[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        var homes = ClusterFixture.ViewOf(cluster.Silos[0]).OwnersOf(Shards).CountBy(silo => silo).ToDictionary();
        return ExchangeFixture.Until(
            async () =>
            {
                var writers = (await management.GetSimpleGrainStatistics())
                    .Where(it => it.GrainType.Contains("ShardGrain", StringComparison.Ordinal))
                    .ToLookup(it => it.SiloAddress, it => it.ActivationCount);
                return homes.All(home => writers[home.Key].Sum() == home.Value);
            },
            "each shard's writer at its home"
        );
    }
}
