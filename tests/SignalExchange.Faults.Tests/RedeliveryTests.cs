using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests;

/// <summary>What members say arrives twice, again, and after what they said later: each of it has one effect.</summary>
[Collection(FaultsCollection.Name)]
public sealed class RedeliveryTests(FaultyCluster cluster)
{
    [Fact]
    public async Task Duplicated_reordered_and_replayed_submissions_have_one_effect()
    {
        var history = await new Scenario(cluster).RunAsync(
            _ => FaultLength.LastAsync(4, 60),
            FaultLength.IsLong ? 15_000 : 1000
        );

        AssertRedelivered(history, new(TimeSpan.Zero, TimeSpan.MaxValue));
        Assert.Contains(history.Writes, write => write.IsAcceptedWithdrawal);
        Assert.Contains(history.Writes, write => write.Fate == Fate.Refused);
        Assert.DoesNotContain(history.Writes, write => write.Fate == Fate.Unknown);
    }

    [Fact]
    public async Task Duplicated_reordered_and_replayed_submissions_have_one_effect_while_a_silo_is_dead()
    {
        var death = default(Interval);

        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                await FaultLength.LastAsync(1, 10);
                await cluster.Processes[1].KillAsync();
                var killed = recorder.Now;
                await FaultLength.LastAsync(5, 30);
                death = new(killed, recorder.Now);
                await cluster.UntilReadyAsync();
                await FaultLength.LastAsync(1, 10);
            },
            FaultLength.IsLong ? 15_000 : 1500
        );

        AssertRedelivered(history, death);
        Assert.Contains(history.Writes, write => write.Fate == Fate.Unknown && write.Time.Started > death.Started);
    }

    // That the rules hold is Scenario's to see; here, that there was something to see, and that what was acknowledged is recognised.
    private static void AssertRedelivered(History history, Interval when)
    {
        var all = Redeliveries.Of(history);
        Assert.All(all.Replayed, write => Assert.True(write.IsAlreadyKnown));
        AssertMany(all.Duplicated, when, "duplicated");
        AssertMany(all.Replayed, when, "replayed");
        AssertMany(all.Overtaken, when, "overtaken by later ones");
    }

    private static void AssertMany(IEnumerable<Write> writes, Interval when, string how)
    {
        var count = writes.Count(write => write.Time.IsWithin(when));
        Assert.True(count >= 10, $"{count} submissions were {how}.");
    }
}
