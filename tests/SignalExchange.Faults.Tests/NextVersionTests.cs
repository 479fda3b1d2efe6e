using Npgsql;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Faults.Tests;

/// <summary>An upgrade that has come as far as one silo, and is taken back.</summary>
[Collection(FaultsCollection.Name)]
public sealed class NextVersionTests(FaultyCluster cluster)
{
    private const int Upgraded = 1;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact] // builds it, which takes about a minute
    public async Task A_silo_of_the_next_version_and_the_others_understand_each_other()
    {
        var program = await NextVersion.BuildAsync(cluster.FileNamed("next"), Ct);

        // So many that in a minute and a half not all has been said.
        var history = await new Scenario(cluster).RunAsync(
            async _ =>
            {
                await RestartAsync(program);
                await FaultLength.LastAsync(4, 60);
                await RestartAsync(SiloNode.ProgramFile());
                await FaultLength.LastAsync(2, 30);
            },
            FaultLength.IsLong ? 15_000 : 1500
        );

        Assert.Contains(history.Writes, write => write is { Silo: Upgraded, Fate: Fate.Accepted });
        Assert.NotEqual(0, await WrittenByTheNextVersionAsync());
    }

    private async Task RestartAsync(string program)
    {
        var silo = cluster.Processes[Upgraded];
        await silo.StopAsync();
        silo.Program = program;
        await cluster.UntilReadyAsync();
    }

    private async Task<long> WrittenByTheNextVersionAsync()
    {
        await using var source = NpgsqlDataSource.Create(
            cluster.Database.ConnectionString("exchange") + ";Search Path=signalexchange;Pooling=false"
        );
        await using var command = source.CreateCommand(
            "SELECT count(*) FROM indicator WHERE position(convert_to($1, 'UTF8') IN state) > 0"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = NextVersion.Mark });
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
