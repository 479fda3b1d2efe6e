using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.Faults.Tests.Load;

namespace SignalExchange.Faults.Tests;

/// <summary>Silos that are killed, and one that stands still while the others go on without it.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ProcessFaultTests(FaultyCluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_are_killed_again_and_again_under_load()
    {
        var dice = new Dice(7, (ulong)TimeProvider.System.GetTimestamp());
        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                var end = recorder.Now + FaultLength.Of(6, 180);
                while (recorder.Now < end)
                {
                    await FaultLength.LastAsync(1, 2);
                    var silo = dice.Pick(cluster.Processes);
                    await silo.KillAsync();
                    await FaultLength.LastAsync(1, 2);
                    await silo.StartAsync(Ct);
                }
            },
            FaultLength.IsLong ? 12_000 : 1500
        );

        Assert.Contains(history.Writes, write => write.Fate == Fate.Accepted);
    }

    [Fact]
    public async Task A_silo_that_stood_still_answers_for_nothing_that_it_no_longer_knows()
    {
        var (stopped, resumed) = (TimeSpan.Zero, TimeSpan.Zero);

        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                await FaultLength.LastAsync(1, 5);
                await cluster.Processes[1].PauseAsync();
                stopped = recorder.Now;
                await FaultLength.LastAsync(10, 30);
                resumed = recorder.Now;
                await cluster.Processes[1].ResumeAsync();
                await FaultLength.LastAsync(2, 10);
            },
            FaultLength.IsLong ? 6000 : 1500
        );

        // The others gave it up, and took writes for every subject of its shards, while it stood still.
        Assert.Contains(
            history.Writes,
            write => write.IsChange && write.Time.Started > stopped && write.Time.Ended < resumed
        );
    }

    [Fact]
    public async Task After_a_kill_every_shard_takes_writes_again_within_fifteen_seconds()
    {
        await cluster.UntilReadyAsync();
        await cluster.Processes[2].KillAsync();

        var took = await ShardSweep.RunAsync(cluster.Platforms[0].At(0), Ct);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Every shard took a write {took.TotalSeconds:F1} s after the kill."
        );
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }
}
