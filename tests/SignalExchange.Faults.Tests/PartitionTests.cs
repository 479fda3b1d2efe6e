using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests;

/// <summary>Silos that do not hear each other, though all reach the database: each may believe that it is the others who are gone.</summary>
[Collection(FaultsCollection.Name)]
public sealed class PartitionTests(FaultyCluster cluster)
{
    [Fact]
    public async Task A_silo_that_is_cut_off_from_the_others_and_the_others_from_it() =>
        AssertWritten(
            await new Scenario(cluster).RunAsync(recorder => PartAsync(recorder, () => cluster.Mesh.Isolate(0)))
        );

    [Fact(Explicit = true)]
    public async Task A_silo_that_hears_another_and_is_not_heard_by_it() =>
        AssertWritten(
            await new Scenario(cluster).RunAsync(recorder => PartAsync(recorder, () => cluster.Mesh.Cut(0, 1)))
        );

    private static void AssertWritten(History history) => Assert.Contains(history.Writes, write => write.IsChange);

    private async Task PartAsync(HistoryRecorder recorder, Action part)
    {
        for (var round = 0; round < (FaultLength.IsLong ? 4 : 1); round++)
        {
            await FaultLength.LastAsync(1, 5);
            part();
            await FaultLength.LastAsync(9, 30);
            cluster.Mesh.Heal();
            await FaultLength.LastAsync(2, 10);
            await cluster.UntilReadyAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"It took {recorder.Now.TotalSeconds:F0} s.");
    }
}
