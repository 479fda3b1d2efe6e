using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests;

/// <summary>Somebody sets a machine's clock while its silo runs: an hour ahead, and an hour back.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ClockTests(FaultyCluster cluster)
{
    private const int Jumping = 1;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_jumps_by_an_hour_makes_no_silo_answer_what_is_not_so()
    {
        var clock = new FakeClock(cluster.FileNamed("clock"));
        clock.Set(TimeSpan.Zero);
        try
        {
            await RestartAsync(clock.Environment);
            var history = await new Scenario(cluster).RunAsync(async _ =>
            {
                await FaultLength.LastAsync(0.5, 5);
                foreach (var hours in new[] { 1, 0, -1, 0 })
                {
                    clock.Set(TimeSpan.FromHours(hours));
                    await UntilItGoesByAsync(TimeSpan.FromHours(hours));
                    await FaultLength.LastAsync(1.5, 20);
                }
            });

            // A grain can be activated whatever the clock says.
            Assert.DoesNotContain(history.Writes, write => write.Reason == ErrorReason.Internal);

            // Entries never go back in time, so the log stays where the clock was furthest ahead.
            var newest = await cluster.AccessLogs.NewestTimeAsync(
                cluster.Addresses[Jumping].Tiles,
                FaultySilos.LogName(Jumping),
                Ct
            );
            Assert.InRange(newest - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
        }
        finally
        {
            await RestartAsync(new Dictionary<string, string>());
        }
    }

    private async Task UntilItGoesByAsync(TimeSpan ahead) =>
        await Eventually.ResultAsync(
            () => cluster.Processes[Jumping].ReadClockAsync(Ct),
            time =>
                time is { } now && (now - TimeProvider.System.GetUtcNow() - ahead).Duration() < TimeSpan.FromMinutes(5),
            $"a silo whose clock is {ahead} ahead"
        );

    private async Task RestartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var silo = cluster.Processes[Jumping];
        await silo.StopAsync();
        silo.Environment = environment;
        await cluster.UntilReadyAsync();
    }
}
