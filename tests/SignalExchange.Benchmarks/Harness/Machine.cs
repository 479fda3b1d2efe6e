using System.Runtime;
using System.Runtime.InteropServices;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>What a report was made on.</summary>
/// <param name="Processor">Its model, as the system tells it.</param>
/// <param name="Cores">How many of them.</param>
/// <param name="MemoryGiB">How much memory.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The runtime and its garbage collector.</param>
/// <param name="Load">How many threads wanted a core in the last minute, those of the benchmark included.</param>
internal sealed record Machine(
    string Processor,
    int Cores,
    double MemoryGiB,
    string System,
    string Runtime,
    string Load
)
{
    /// <summary>Returns this one.</summary>
    public static Machine Describe() =>
        new(
            ReadProcessor(),
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30), 1),
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            $"{RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} collector",
            ReadFile("/proc/loadavg")?.Split(' ')[0] ?? "unknown"
        );

    /// <summary>Returns it in one line.</summary>
    public override string ToString() =>
        $"{Processor}, {Cores} cores, {MemoryGiB} GiB; {System}; {Runtime}; load at the end {Load}";

    private static string ReadProcessor()
    {
        var line = ReadFile("/proc/cpuinfo")
            ?.Split('\n')
            .FirstOrDefault(it => it.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string? ReadFile(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
