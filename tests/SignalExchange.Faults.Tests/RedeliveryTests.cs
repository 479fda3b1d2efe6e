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
                await UntilThereAreAsync(
                    recorder,
                    TimeSpan.Zero,
                    it => it.Duplicated,
                    it => it.Replayed,
                    it => it.Overtaken
                );
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
                // So few calls are answered now that none of them may come after what was said later.
                await UntilThereAreAsync(recorder, killed, it => it.Duplicated, it => it.Replayed);
            },
            FaultLength.IsLong ? 15_000 : 1500
        );

        AssertRecognised(history);
    }

    private static Task UntilThereAreAsync(
        HistoryRecorder recorder,
        TimeSpan since,
        params Func<Redeliveries, IReadOnlyList<Write>>[] kinds
    ) =>
        Eventually.TrueAsync(
            () =>
            {
                var found = Redeliveries.Of(recorder.Writes);
                return kinds.All(kind => kind(found).Any(write => write.Time.Started > since));
            },
            "submissions of each kind of redelivery",
            TimeSpan.FromMilliseconds(200)
        );

    // That each has one effect is for the rules to see; here, that who says it again is told so.
    private static void AssertRecognised(History history) =>
        Assert.All(Redeliveries.Of(history.Writes).Replayed, write => Assert.True(write.IsAlreadyKnown));
}
