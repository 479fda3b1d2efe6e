using SignalExchange.Faults.Tests.Clusters;

namespace SignalExchange.Faults.Tests;

/// <summary>Storage accounts that die in the middle of transactions, and come back with what they acknowledged.</summary>
public sealed class AzuriteFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Accounts_that_die_in_transactions_lose_nothing_that_was_acknowledged()
    {
        // No fixture: one is started for a test that is not run, too.
        await using var cluster = new FaultyAzureCluster();
        await cluster.InitializeAsync();

        await new Scenario(cluster).RunAsync(async _ =>
        {
            for (var round = 0; round < (FaultLength.IsLong ? 10 : 2); round++)
            {
                await FaultLength.LastAsync(1, 5);
                await cluster.Azurite.KillInWritesAsync(areSaved: round % 2 > 0, Ct);
                await FaultLength.LastAsync(0.5, 3);
                await cluster.Azurite.StartAsync(Ct);
                await FaultLength.LastAsync(2, 10);
            }
        });
    }
}
