using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SignalExchange.Benchmarks.Micro;

/// <summary>The small parts by BenchmarkDotNet: time and allocations of one operation, beside the least that could do.</summary>
/// <remarks>In this process: a toolchain that builds a project of its own would find this tree's analyzers and lock files.</remarks>
internal static class MicroCommand
{
    /// <summary>Runs the benchmarks whose names fit.</summary>
    /// <param name="args">What stands behind "micro": BenchmarkDotNet's own arguments, such as <c>--filter *Merkle*</c>; none for all.</param>
    public static void Run(string[] args)
    {
        var config = ManualConfig
            .CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "signalexchange-micro"));
        BenchmarkSwitcher
            .FromAssembly(typeof(MicroCommand).Assembly)
            .Run(args is [] ? ["--filter", "*"] : args, config);
    }
}
