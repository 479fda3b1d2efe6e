using System.Diagnostics;
using System.Globalization;

namespace SignalExchange.Benchmarks.Processes;

/// <summary>What a process has used so far.</summary>
/// <param name="CpuSeconds">Processor time, all threads.</param>
/// <param name="ResidentBytes">Memory that it holds now.</param>
/// <param name="ManagedBytes">The managed heap after its last collection.</param>
/// <param name="AllocatedBytes">Allocated on the managed heap so far.</param>
/// <param name="Collections">Garbage collections so far, by generation.</param>
/// <param name="Activations">Grain activations now; 0 for a process without grains.</param>
internal sealed record ProcessFacts(
    double CpuSeconds,
    long ResidentBytes,
    long ManagedBytes,
    long AllocatedBytes,
    int[] Collections,
    long Activations
)
{
    /// <summary>Returns those of this process.</summary>
    public static ProcessFacts OfThisProcess(long activations = 0) =>
        new(
            Environment.CpuUsage.TotalTime.TotalSeconds,
            ResidentBytesOf(Environment.ProcessId),
            GC.GetGCMemoryInfo().HeapSizeBytes,
            GC.GetTotalAllocatedBytes(),
            [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)],
            activations
        );

    /// <summary>Returns the resident set of any process, as the kernel counts it.</summary>
    public static long ResidentBytesOf(int processId)
    {
        const string Field = "VmRSS:";
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status");
        if (!File.Exists(file))
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }

        var line = File.ReadLines(file).First(it => it.StartsWith(Field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Field.Length..^2].Trim(), CultureInfo.InvariantCulture);
    }
}
