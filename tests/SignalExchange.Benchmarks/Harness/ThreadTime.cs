using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>The processor time of this thread: other programs' turns are not in it. Elsewhere than on Linux, the time.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)
    private const long NanosecondsInSecond = 1_000_000_000;

    /// <summary>Gets it, in nanoseconds since some beginning.</summary>
    public static double Nanoseconds =>
        OperatingSystem.IsLinux() && GetTime(ThreadClock, out var time) == 0
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
