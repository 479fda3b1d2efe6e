using System.Diagnostics;
using SignalExchange.Benchmarks.Clusters;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Soak;
using SignalExchange.TestKit.Clusters;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Three silos, two, and one on one PostgreSQL, each called at a fixed rate: do the costs of operations add up to what they use?</summary>
/// <remarks>Costs are those of code that was compiled for good, so the silos are called often enough before.</remarks>
internal static class ModelChecks
{
    private const int Silos = 3;
    private const double CallsPerSecond = 40;
    private const double Micros = 1e6;

    private const double WarmCallsPerSecond = 300;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);
    private static readonly MixedShare[] Shares =
    [
        new(MixedKind.CheckOne, 85),
        new(MixedKind.CheckBatch, 10),
        new(MixedKind.Submit, 5),
    ];

    /// <summary>Runs them.</summary>
    public static async Task<IReadOnlyList<ModelCheck>> Run(OperationCosts costs)
    {
        await using var server = await PostgresServer.StartNewAsync(CancellationToken.None);
        await server.CreateDatabaseAsync("exchange", CancellationToken.None);
        await using var cluster = await SiloCluster.StartAsync(
            Silos,
            server.ConnectionString("exchange"),
            CancellationToken.None,
            ExchangeRole.WideQuotas
        );
        var keyFile = Path.GetTempFileName();
        try
        {
            using var member = await cluster.AddMemberAsync(BenchMember.Id.Value, CancellationToken.None);
            await File.WriteAllTextAsync(keyFile, member.PrivateKeyPem);
            var keyId = (await ClusterCaller.Open(cluster, keyFile)).KeyId;
            await Warm(cluster.Silos, keyId, keyFile);
            var checks = new List<ModelCheck>();
            for (var silos = Silos; silos > 0; silos--)
            {
                checks.Add(await Check([.. cluster.Silos.Take(silos)], keyId, keyFile, costs));
                await cluster.Silos[silos - 1].StopAsync(CancellationToken.None);
            }

            return checks;
        }
        finally
        {
            File.Delete(keyFile);
        }
    }

    private static async Task<ModelCheck> Check(SiloNode[] silos, string keyId, string keyFile, OperationCosts costs)
    {
        await using var callers = await ModelCallers.Start(silos, keyId, keyFile, CallsPerSecond, Shares);
        await Task.Delay(Settling);
        await callers.BeginInterval();
        var (before, begun) = (CpuSecondsOf(silos), Stopwatch.GetTimestamp());
        await Task.Delay(Measured);
        var (used, seconds) = (CpuSecondsOf(silos) - before, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        var called = (await callers.EndInterval()).Sum(it => it.Calls * CostOf(it.Kind, costs, silos.Length));
        return new(
            silos.Length,
            "85 % checks of one token, 10 % of 100, 5 % ten signals",
            (called / Micros / seconds) + (silos.Length * costs.Idle),
            used / seconds
        );
    }

    private static async Task Warm(IReadOnlyList<SiloNode> silos, string keyId, string keyFile)
    {
        await using var callers = await ModelCallers.Start(silos, keyId, keyFile, WarmCallsPerSecond, Shares);
        await Task.Delay(WarmUp);
    }

    // A signal falls on a shard of its own: its row goes to every other silo, at this rate in a message of its own.
    private static double CostOf(MixedKind kind, OperationCosts costs, int silos)
    {
        const int Signals = 10;
        var propagation = (silos - 1) * ((2 * Assumptions.Message * Micros) + costs.Apply);
        return kind switch
        {
            MixedKind.CheckOne => costs.Check,
            MixedKind.CheckBatch => costs.Check + (99 * costs.Token),
            _ => costs.Check + (Signals * (costs.Signal + propagation)),
        };
    }

    private static double CpuSecondsOf(SiloNode[] silos) =>
        silos.Sum(silo =>
        {
            using var process = Process.GetProcessById(silo.ProcessId);
            return process.TotalProcessorTime.TotalSeconds;
        });
}
