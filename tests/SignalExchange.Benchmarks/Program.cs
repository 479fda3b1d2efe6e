using SignalExchange.Benchmarks.Ads;
using SignalExchange.Benchmarks.Ads.Serving;
using SignalExchange.Benchmarks.Audit;
using SignalExchange.Benchmarks.Clusters;
using SignalExchange.Benchmarks.ColdStart;
using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Consoles;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Benchmarks.Log;
using SignalExchange.Benchmarks.Micro;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Benchmarks.Simulation;
using SignalExchange.Benchmarks.Soak;
using SignalExchange.Benchmarks.Submissions;
using SignalExchange.Benchmarks.Telemetry;
using SignalExchange.Benchmarks.TransparencyLog;
using SignalExchange.Benchmarks.Voprf;

// One folder a subject; each answers with a report. Only "micro" uses BenchmarkDotNet: a table of 10 million tokens is better filled once than
// once a benchmark, and it knows nothing of servers.
try
{
    if (args is [ChildProcess.Command, var role, var settings])
    {
        await ChildRoles.Play(role, settings);
        return 0;
    }

    if (args is ["compare", ..])
    {
        return await CompareCommand.Run(args[1..], Console.Out);
    }

    if (args is ["micro", ..])
    {
        MicroCommand.Run(args[1..]);
        return 0;
    }

    if (args is ["soak", ..])
    {
        return await SoakCommand.Run(args[1..], Console.Out);
    }

    if (args is ["simulate", ..])
    {
        await SimulateCommand.Run(args[1..], Console.Out);
        return 0;
    }

    if (args is ["ads", ..])
    {
        AdsCommand.Run(args.AsSpan(1), Console.Out);
        return 0;
    }

    var arguments = BenchmarkArguments.Parse(args);
    ReportFile.RequireWritable(arguments.JsonFile);
    var report = arguments.Subject switch
    {
        "log-verify" => LogVerifyBenchmark.Run(arguments.Count ?? 200_000),
        "audit-search" => await AuditSearchBenchmark.Run(arguments.Count ?? 10_000_000),
        "index" => IndexBenchmark.Run(arguments.Count ?? 10_000_000),
        "cold-start" => await ColdStartBenchmark.Run(arguments.Count ?? 10_000_000),
        "voprf" => VoprfBenchmark.Run(),
        "submit" => await SubmissionBenchmark.Run(arguments.Engine, arguments.Count ?? 40_000),
        "log-checks" => await LoggedCheckBenchmark.Run(arguments.Count ?? 20_000),
        "telemetry" => await TelemetryBenchmark.Run(arguments.Count ?? 3_200),
        "console" => await ConsoleBenchmark.Run(arguments.Count ?? 10_000_000),
        "cluster" => await ClusterBenchmark.Run(arguments.Count ?? 500),
        "ads-server" => await AdsServerBenchmark.Run(arguments.Count ?? 1_000_000),
        "ads-sketch" => SketchBenchmark.Run(),
        "log" => await AppendBenchmark.Run(arguments.Count ?? 200_000),
        _ => throw new FormatException($"There is no benchmark of that name. {BenchmarkArguments.Usage}"),
    };
    report.Print(Console.Out);
    report.Save(arguments.JsonFile);
    return 0;
}
catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
