using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests;

/// <summary>Without any fault: nothing fails.</summary>
[Collection(FaultsCollection.Name)]
public sealed class SoundClusterTests(FaultyCluster cluster)
{
    [Fact]
    public async Task Silos_are_restarted_one_after_the_other_and_no_call_fails()
    {
        var failedReads = 0;

        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                foreach (var silo in cluster.Processes)
                {
                    await silo.StopAsync();
                    await silo.StartAsync(TestContext.Current.CancellationToken);
                    await cluster.UntilReadyAsync();
                }

                failedReads = recorder.FailedReads;
            },
            subjects: 4000,
            isPatient: true
        );

        Assert.DoesNotContain(history.Writes, write => write.Fate == Fate.Unknown);
        Assert.Equal(0, failedReads);
    }
}
