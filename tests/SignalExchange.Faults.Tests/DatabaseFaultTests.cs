using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests;

/// <summary>A database that crashes, and one that cannot be reached.</summary>
[Collection(FaultsCollection.Name)]
public sealed class DatabaseFaultTests(FaultyCluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_crashes_or_is_restarted_and_comes_back_loses_nothing()
    {
        await new Scenario(cluster).RunAsync(
            async _ =>
            {
                for (var round = 0; round < (FaultLength.IsLong ? 6 : 2); round++)
                {
                    await FaultLength.LastAsync(1, 5);
                    await cluster.Database.StopAsync(isCrash: round % 2 == 0, Ct);
                    await FaultLength.LastAsync(1, 3);
                    await cluster.Database.StartAsync(Ct);
                    await FaultLength.LastAsync(3, 10);
                }
            },
            FaultLength.IsLong ? 8000 : 1500
        );
    }

    [Fact]
    public async Task A_database_that_no_silo_reaches_has_nothing_acknowledged_meanwhile()
    {
        var (cut, healed) = (TimeSpan.Zero, TimeSpan.Zero);

        var history = await new Scenario(cluster).RunAsync(async recorder =>
        {
            await FaultLength.LastAsync(1, 5);
            Cut(0, 1, 2);
            cut = recorder.Now;
            await FaultLength.LastAsync(5, 30);
            healed = recorder.Now;
            Heal();
            await FaultLength.LastAsync(3, 15);
        });

        Assert.DoesNotContain(
            history.Writes,
            write => write.Fate == Fate.Accepted && write.Time.Started > cut && write.Time.Ended < healed
        );
    }

    [Fact(Explicit = true)]
    public async Task A_database_that_one_silo_does_not_reach_is_written_to_by_the_others()
    {
        var (cut, healed) = (TimeSpan.Zero, TimeSpan.Zero);

        var history = await new Scenario(cluster).RunAsync(async recorder =>
        {
            await FaultLength.LastAsync(1, 5);
            Cut(2);
            cut = recorder.Now;
            await FaultLength.LastAsync(5, 30);
            healed = recorder.Now;
            Heal();
            await FaultLength.LastAsync(2, 15);
        });

        Assert.Contains(
            history.Writes,
            write => write.IsChange && write.Time.Started > cut && write.Time.Ended < healed
        );
    }

    private void Cut(params int[] silos)
    {
        foreach (var silo in silos)
        {
            cluster.DatabaseLinks[silo].There.Close();
            cluster.DatabaseLinks[silo].Back.Close();
        }
    }

    private void Heal()
    {
        foreach (var link in cluster.DatabaseLinks)
        {
            link.There.Open();
            link.Back.Open();
        }
    }
}
