namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>A clock that one process goes by, and the test sets (libfaketime, which ./test.sh puts beside the tree).</summary>
/// <remarks>The wall clock only: the monotonic one runs on, as when somebody sets a machine's time.</remarks>
internal sealed class FakeClock(string file)
{
    /// <summary>Gets what a process needs in its environment to go by it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = FindLibrary(),
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_DONT_RESET"] = "1",
            ["FAKETIME_NO_CACHE"] = "1",
        };

    /// <summary>Sets it ahead of the true time, or back.</summary>
    public void Set(TimeSpan ahead)
    {
        var text = FormattableString.Invariant(
            $"{(ahead < TimeSpan.Zero ? "-" : "+")}{Math.Abs(ahead.TotalSeconds):F0}s\n"
        );
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static string FindLibrary()
    {
        var cache = System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache");
        var folder = Path.Combine(cache, "signalexchange", "faketime", "usr", "lib");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "libfaketimeMT.so.1", SearchOption.AllDirectories).First()
            : throw new InvalidOperationException($"{folder} is not there. ./test.sh makes it: run that once.");
    }
}
