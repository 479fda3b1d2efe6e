using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Plans past one machine: measures here what operations cost, then lets clusters that nobody has yet do them.</summary>
internal static class SimulateCommand
{
    /// <summary>Runs it.</summary>
    /// <param name="args">What stands behind "simulate".</param>
    /// <param name="output">Where the report goes.</param>
    /// <exception cref="FormatException">What was asked for is not understood, or its file cannot be written; nothing was started.</exception>
    public static async Task Run(string[] args, TextWriter output)
    {
        var arguments = SimulateArguments.Parse(args);
        ReportFile.RequireWritable(arguments.JsonFile);
        await Console.Error.WriteLineAsync("Measuring what operations cost.");
        var costs = await CostMeasurement.Run();
        await Console.Error.WriteLineAsync("Holding the costs against three silos, two, and one.");
        var checks = await ModelChecks.Run(costs);
        var results = new List<ScenarioResult>();
        foreach (var scenario in Scenario.All)
        {
            results.Add(new SimulatedCluster(scenario, costs).Run());
            await Console.Error.WriteLineAsync(results[^1].ToString());
        }

        var report = new SimulationReport(Machine.Describe(), costs, checks, results);
        report.Print(output);
        report.Save(arguments.JsonFile);
    }
}
