using System.Diagnostics;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>What the peers need that no package of ours brings: redis-server, PostgreSQL, Azurite, Node and its library.</summary>
internal static class Prerequisites
{
    /// <summary>Gets the folder whose node_modules has @cloudflare/voprf-ts; outside the tree.</summary>
    public static string NodeFolder { get; } =
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "signalexchange",
            "voprf-ts-1.0.0"
        );

    /// <summary>Installs what is missing, by prepare.sh beside this program.</summary>
    /// <exception cref="IOException">Something could not be installed.</exception>
    public static async Task Install()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Compare", "prepare.sh");
        using var process = Process.Start(
            "bash",
            [
                script,
                NodeFolder,
                AzuriteInstallation.Folder,
                AzuriteInstallation.Version,
                AzuriteInstallation.NodeVersion,
            ]
        );
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{script} could not install the peers; run it by hand.");
        }
    }
}
