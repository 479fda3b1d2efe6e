using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests;

/// <summary>Silos that do not hear each other, though all reach the database: each may believe that it is the others who are gone.</summary>
[Collection(FaultsCollection.Name)]
public sealed class PartitionTests(FaultyCluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_is_cut_off_from_the_others_says_so_and_the_others_go_on_without_it()
    {
        var (cut, healed) = (TimeSpan.Zero, TimeSpan.Zero);

        var history = await new Scenario(cluster).RunAsync(recorder =>
            RepeatAsync(async () =>
            {
                cluster.Mesh.Isolate(0);
                cut = recorder.Now;
                // At once: those who have given a silo up send it nothing more.
                await Task.WhenAll(HeldAsync(from: 0, to: 1), HeldAsync(from: 2, to: 0));
                await Eventually.ResultAsync(
                    () => cluster.Processes[0].IsReadyAsync(Ct),
                    isReady => !isReady,
                    "the silo that is cut off to say that it is not ready"
                );
                await FaultLength.LastAsync(8, 30);
                healed = recorder.Now;
            })
        );

        Assert.Contains(
            history.Writes,
            write => write.IsChange && write.Silo != 0 && write.Time.Started > cut && write.Time.Ended < healed
        );
    }

    [Fact]
    public async Task A_silo_that_hears_another_and_is_not_heard_by_it()
    {
        var heldBack = cluster.Mesh.Held(1, 0);

        var history = await new Scenario(cluster).RunAsync(_ =>
            RepeatAsync(async () =>
            {
                cluster.Mesh.Cut(0, 1);
                await HeldAsync(from: 0, to: 1);
                await FaultLength.LastAsync(4, 30);
            })
        );

        Assert.Contains(history.Writes, write => write.IsChange);
        Assert.Equal(heldBack, cluster.Mesh.Held(1, 0));
    }

    // Silos send each other something all the time, so a cut that holds nothing is none.
    private Task HeldAsync(int from, int to)
    {
        var before = cluster.Mesh.Held(from, to);
        return Eventually.TrueAsync(
            () => cluster.Mesh.Held(from, to) > before,
            $"something that silo {from} sends silo {to} and that does not arrive",
            TimeSpan.FromMilliseconds(20)
        );
    }

    private async Task RepeatAsync(Func<Task> part)
    {
        for (var round = 0; round < (FaultLength.IsLong ? 4 : 1); round++)
        {
            await FaultLength.LastAsync(1, 5);
            try
            {
                await part();
            }
            finally
            {
                cluster.Mesh.Heal(); // Whatever became of it: the next test has the same silos.
            }

            await FaultLength.LastAsync(1, 10);
            await cluster.UntilReadyAsync();
        }
    }
}
