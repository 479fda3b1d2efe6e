using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>Processor time, in nanoseconds since some beginning: other programs' turns are not in it. Elsewhere than on Linux, the time.</summary>
internal static partial class ProcessorTime
{
    // clock_gettime(2)
    private const int ProcessClock = 2; // CLOCK_PROCESS_CPUTIME_ID
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID
    private const long NanosecondsInSecond = 1_000_000_000;

    /// <summary>Returns this thread's: for what begins and ends on it.</summary>
    public static double OfThread() => Of(ThreadClock);

    /// <summary>Returns the process's, the runtime's own work included: for what goes on on other threads.</summary>
    public static double OfProcess() => Of(ProcessClock);

    private static double Of(int clock) =>
        OperatingSystem.IsLinux() && GetTime(clock, out var time) == 0
            ? (time.Seconds * NanosecondsInSecond) + time.Nanoseconds
            : Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
