using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests;

/// <summary>What members say arrives twice, again, and after what they said later: each of it has one effect.</summary>
[Collection(FaultsCollection.Name)]
public sealed class RedeliveryTests(FaultyCluster cluster)
{
    [Fact]
    public async Task Duplicated_reordered_and_replayed_submissions_have_one_effect()
    {
        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                await FaultLength.LastAsync(3, 60);
                await UntilRedeliveredAsync(recorder, TimeSpan.Zero);
            },
            FaultLength.IsLong ? 15_000 : 1500
        );

        AssertRecognised(history);
        Assert.Contains(history.Writes, write => write.IsAcceptedWithdrawal);
        Assert.Contains(history.Writes, write => write.Fate == Fate.Refused);
    }

    [Fact]
    public async Task Duplicated_reordered_and_replayed_submissions_have_one_effect_while_a_silo_is_dead()
    {
        var history = await new Scenario(cluster).RunAsync(
            async recorder =>
            {
                await FaultLength.LastAsync(1, 10);
                await cluster.Processes[1].KillAsync();
                var killed = recorder.Now;
                await FaultLength.LastAsync(3, 30);
                await UntilRedeliveredAsync(recorder, killed);
            },
            FaultLength.IsLong ? 15_000 : 1500
        );

        AssertRecognised(history);
    }

    private static Task UntilRedeliveredAsync(HistoryRecorder recorder, TimeSpan since) =>
        Eventually.TrueAsync(
            () =>
            {
                var found = Redeliveries.Of(recorder.Writes);
                return new[] { found.Duplicated, found.Replayed, found.Overtaken }.All(writes =>
                    writes.Any(write => write.Time.Started > since)
                );
            },
            "submissions that are duplicated, replayed and overtaken",
            TimeSpan.FromMilliseconds(200)
        );

    // That each has one effect is for the rules to see; here, that who says it again is told so.
    private static void AssertRecognised(History history) =>
        Assert.All(Redeliveries.Of(history.Writes).Replayed, write => Assert.True(write.IsAlreadyKnown));
}
