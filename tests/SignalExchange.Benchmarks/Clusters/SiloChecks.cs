using System.Diagnostics;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Benchmarks.Clusters;

/// <summary>Checks that three silos, two, and one answer, each called as hard as it answers by a process of its own.</summary>
/// <remarks>A silo's share of the machine shrinks with their number; so what counts is what one core of silos answers in a second.</remarks>
internal static class SiloChecks
{
    private const int Batch = 100;
    private const int CallersOfSilo = 16;
    private const int Rounds = 5;
    private const double RoundSeconds = 3;

    /// <summary>Measures, and stops silos in between; all run again when this returns.</summary>
    public static async Task<IReadOnlyList<Measurement>> Measure(SiloCluster cluster, string keyId, string keyFile)
    {
        var bySilos = new List<(int Silos, List<double> Rates, List<double> PerCore)>();
        for (var silos = cluster.Silos.Count; silos > 0; silos--)
        {
            var (rates, perCore) = await MeasureSome([.. cluster.Silos.Take(silos)], keyId, keyFile);
            bySilos.Add((silos, rates, perCore));
            if (silos > 1)
            {
                await cluster.Silos[silos - 1].StopAsync(CancellationToken.None);
            }
        }

        await Task.WhenAll(cluster.Silos.Skip(1).Select(silo => silo.StartAsync(CancellationToken.None)));
        var alone = Measurement.Of("", "", bySilos[^1].PerCore).Median;
        return [.. bySilos.SelectMany(it => Rows(it.Silos, it.Rates, it.PerCore, alone))];
    }

    private static IEnumerable<Measurement> Rows(int silos, List<double> rates, List<double> perCore, double alone) =>
        [
            Measurement.Of($"checks of {Batch} tokens, {silos} silos", "1/s", rates),
            Measurement.Of($"checks of {Batch} tokens, {silos} silos, a core of theirs", "1/s", perCore),
            Measurement.Of($"a core of {silos} silos of a core of one", "ratio", perCore.Select(it => it / alone)),
        ];

    private static async Task<(List<double> Rates, List<double> PerCore)> MeasureSome(
        SiloNode[] silos,
        string keyId,
        string keyFile
    )
    {
        var loads = Array.ConvertAll(silos, silo => StartLoad(silo, keyId, keyFile));
        try
        {
            await Task.WhenAll(loads.Select(load => load.Read<string>()));
            var (rates, perCore) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                var before = CpuSecondsOf(silos);
                var results = await Task.WhenAll(
                    loads.Select(load => load.Ask<LoadResult>(new LoadOrder(RoundSeconds, 0)))
                );
                var (calls, spent) = (results.Sum(it => it.Calls), CpuSecondsOf(silos) - before);
                if (round > 0)
                {
                    rates.Add(results.Sum(it => it.PerSecond));
                    perCore.Add(calls / spent);
                }
            }

            return (rates, perCore);
        }
        finally
        {
            foreach (var load in loads)
            {
                await load.DisposeAsync();
            }
        }
    }

    private static ChildProcess StartLoad(SiloNode silo, string keyId, string keyFile) =>
        ChildProcess.Start(
            ChildRoles.Load,
            new LoadSettings(silo.Address, keyFile, keyId, LoadKind.Check, Batch, CallersOfSilo),
            isServer: false
        );

    private static double CpuSecondsOf(SiloNode[] silos) =>
        silos.Sum(silo =>
        {
            using var process = Process.GetProcessById(silo.ProcessId);
            return process.TotalProcessorTime.TotalSeconds;
        });
}
