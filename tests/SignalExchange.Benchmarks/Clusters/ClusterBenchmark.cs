using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.TestKit.Clusters;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Benchmarks.Clusters;

/// <summary>Three silos, each the program that operators run, on one PostgreSQL server: what several cost, and what they do for it.</summary>
/// <remarks>All of it, callers and database included, shares this machine: figures a second count for little, ratios and those of a core for more.</remarks>
internal static class ClusterBenchmark
{
    private const int Count = 3;
    private const int Failovers = 3;

    /// <summary>Runs it.</summary>
    /// <param name="count">How many writes are looked for on another silo.</param>
    public static async Task<Report> Run(int count)
    {
        await using var server = await PostgresServer.StartNewAsync(CancellationToken.None);
        await server.CreateDatabaseAsync("exchange", CancellationToken.None);
        await using var cluster = await SiloCluster.StartAsync(
            Count,
            server.ConnectionString("exchange"),
            CancellationToken.None,
            ExchangeRole.WideQuotas
        );
        var keyFile = Path.GetTempFileName();
        try
        {
            using var member = await cluster.AddMemberAsync(BenchMember.Id.Value, CancellationToken.None);
            await File.WriteAllTextAsync(keyFile, member.PrivateKeyPem);
            var caller = await ClusterCaller.Open(cluster, keyFile);
            List<Measurement> found = [.. await OwnWrites.Measure(caller, count)];
            found.AddRange(await SiloChecks.Measure(cluster, caller.KeyId, keyFile));
            found.AddRange(await Failover.Measure(cluster, caller, Failovers));
            return Report.Of($"{Count} silos on PostgreSQL", found);
        }
        finally
        {
            File.Delete(keyFile);
        }
    }
}
