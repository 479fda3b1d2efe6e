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
        var deaths = new List<Interval>();

        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                for (var end = recorder.Now + FaultLength.Of(6, 180); recorder.Now < end; )
                {
                    await FaultLength.LastAsync(1, 2);
                    var killed = recorder.Now;
                    await KillAndRestartAsync(dice.Pick(cluster.Processes));
                    // Mostly one is away at a time, now and then a second one before the first is back.
                    if (dice.Next(4) > 0)
                    {
                        await cluster.UntilReadyAsync();
                    }

                    deaths.Add(new(killed, recorder.Now));
                }
            },
            FaultLength.IsLong ? 40_000 : 1500
        );

        Assert.Contains(deaths, death => history.Writes.Any(write => write.IsChange && write.Time.IsWithin(death)));
    }

    [Fact]
    public async Task A_silo_that_stood_still_answers_for_nothing_that_it_no_longer_knows()
    {
        var client = cluster.Platforms[0].At(0, isPatient: true);
        var sweep = await ShardSweep.MakeAsync(client, Ct);
        var (paused, resumed) = (TimeSpan.Zero, TimeSpan.Zero);

        var history = await new Scenario(cluster).RunAsync(async recorder =>
        {
            await FaultLength.LastAsync(1, 5);
            await cluster.Processes[1].PauseAsync();
            paused = recorder.Now;
            // The others give it up and take over its shards; it knows nothing of that when it goes on.
            await Task.WhenAll(sweep.RunAsync(client, Ct), FaultLength.LastAsync(10, 30));
            resumed = recorder.Now;
            await cluster.Processes[1].ResumeAsync();
            await FaultLength.LastAsync(2, 10);
        });

        // It was asked to write what was no longer its own: the writes waited for it on its connections, and the rules hold for them, too.
        Assert.Contains(
            history.Writes,
            write => write.Silo == 1 && write.Time.Started > paused && write.Time.Overlaps(new(resumed, resumed))
        );
    }

    // How long it takes is a figure to read, and no assertion: within fifteen seconds on a machine with nothing else to do.
    [Fact(Explicit = true)]
    public async Task After_a_kill_every_shard_takes_writes_again()
    {
        await cluster.UntilReadyAsync();
        var client = cluster.Platforms[0].At(0, isPatient: true);
        var sweep = await ShardSweep.MakeAsync(client, Ct);
        await cluster.Processes[2].KillAsync();

        var took = await sweep.RunAsync(client, Ct).WaitAsync(TimeSpan.FromMinutes(5), Ct);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Every shard took a write {took.TotalSeconds:F1} s after the kill."
        );
    }

    private static async Task KillAndRestartAsync(SiloProcess silo)
    {
        await silo.KillAsync();
        await FaultLength.LastAsync(1, 2);
        await silo.StartAsync(Ct);
    }
}
