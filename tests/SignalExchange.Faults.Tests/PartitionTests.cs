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
        await new Scenario(cluster).RunAsync(recorder =>
            RepeatAsync(async () =>
            {
                var cut = recorder.Now;
                await CutAsync(() => cluster.Mesh.Isolate(0), (From: 0, To: 1), (From: 2, To: 0));
                await Eventually.ResultAsync(
                    () => cluster.Processes[0].IsReadyAsync(Ct),
                    isReady => !isReady,
                    "the silo that is cut off to say that it is not ready"
                );
                // They may do nothing until they have given it up: where the registry of members is on it, nobody is let in five seconds
                // after the cut, since a revocation might be lost (MemberDirectory.LongestSilence).
                await Eventually.TrueAsync(
                    () => recorder.Writes.Any(write => write.IsChange && write.Silo != 0 && write.Time.Started > cut),
                    "a change that another silo takes during the cut",
                    TimeSpan.FromMilliseconds(50)
                );
                var took = recorder
                    .Writes.Where(write => write.IsChange && write.Silo != 0 && write.Time.Started > cut)
                    .Min(write => write.Time.Ended - cut);
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"Another silo took a change {took.TotalSeconds:F1} s after the cut."
                );
                await FaultLength.LastAsync(2, 30);
            })
        );
    }

    [Fact]
    public async Task A_silo_that_hears_another_and_is_not_heard_by_it()
    {
        var heldBack = cluster.Mesh.Held(1, 0);

        await new Scenario(cluster).RunAsync(_ =>
            RepeatAsync(async () =>
            {
                await CutAsync(() => cluster.Mesh.Cut(0, 1), (From: 0, To: 1));
                await FaultLength.LastAsync(4, 30);
            })
        );

        Assert.Equal(heldBack, cluster.Mesh.Held(1, 0));
    }

    // Silos send each other something all the time, so a cut that holds nothing is none. Counted from before it: a connection is held once.
    private async Task CutAsync(Action cut, params (int From, int To)[] links)
    {
        var before = links.Select(link => cluster.Mesh.Held(link.From, link.To)).ToList();
        cut();
        foreach (var (link, held) in links.Zip(before))
        {
            await Eventually.TrueAsync(
                () => cluster.Mesh.Held(link.From, link.To) > held,
                $"something that silo {link.From} sends silo {link.To} and that does not arrive",
                TimeSpan.FromMilliseconds(20)
            );
        }
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
