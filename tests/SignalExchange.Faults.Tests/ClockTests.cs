using SignalExchange.Faults.Tests.Clusters;

namespace SignalExchange.Faults.Tests;

/// <summary>Somebody sets a machine's clock while its silo runs: an hour ahead, and an hour back.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ClockTests(FaultyCluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_jumps_by_an_hour_makes_no_silo_answer_what_is_not_so()
    {
        var clock = new FakeClock(cluster.FileNamed("clock"));
        clock.Set(TimeSpan.Zero);
        await RestartAsync(clock.Environment);
        try
        {
            var history = await new Scenario(cluster).RunAsync(async _ =>
            {
                await FaultLength.LastAsync(0.5, 5);
                foreach (var hours in new[] { 1, 0, -1, 0 })
                {
                    clock.Set(TimeSpan.FromHours(hours));
                    await FaultLength.LastAsync(1.5, 20);
                }
            });

            Assert.Contains(history.Writes, write => write.IsChange);
        }
        finally
        {
            await RestartAsync(new Dictionary<string, string>());
        }
    }

    private async Task RestartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var silo = cluster.Processes[1];
        await silo.StopAsync();
        silo.Environment = environment;
        await silo.StartAsync(Ct);
        await silo.UntilReadyAsync(Ct);
    }
}
