using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests;

/// <summary>Without any fault: what the load does, and that nothing fails.</summary>
[Collection(FaultsCollection.Name)]
public sealed class SoundClusterTests(FaultyCluster cluster)
{
    [Fact]
    public async Task Duplicated_reordered_and_replayed_submissions_have_one_effect()
    {
        var history = await new Scenario(cluster).RunAsync(
            _ => FaultLength.LastAsync(4, 60),
            FaultLength.IsLong ? 8000 : 1000
        );

        Assert.Contains(history.Writes, write => write is { Kind: WriteKind.Submission, IsAlreadyKnown: true });
        Assert.Contains(history.Writes, write => write.IsAcceptedWithdrawal);
        Assert.Contains(history.Writes, write => write.Fate == Fate.Refused);
        Assert.DoesNotContain(history.Writes, write => write.Fate == Fate.Unknown);
    }

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
